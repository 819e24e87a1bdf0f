"""What can be wrong with an act on titles: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class TitleError(MinassaError):
    """An act on a title that cannot be done as asked."""

    code = "title-act-refused"
