"""The spaces that French wants before double punctuation and inside guillemets, so that no line starts with one."""

from __future__ import annotations

import re
from typing import Final

_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
_WIDE: Final = "\N{NO-BREAK SPACE}"
_NOT_WORDS = re.compile(r"(<style.*?</style>|<script.*?</script>|<[^>]*>)", re.DOTALL)
_BEFORE = re.compile(r" (?=[;?!])")
_AROUND = re.compile(r"(?<=«) | (?=[:»])")


def typeset(page: str) -> str:
    """A page of HTML with its words typeset; tags, styles and scripts are left as they are."""
    parts = _NOT_WORDS.split(page)
    parts[::2] = (_AROUND.sub(_WIDE, _BEFORE.sub(_NARROW, words)) for words in parts[::2])
    return "".join(parts)
