"""Names of the unit groups of ISCO-08 that the filières employ, in three languages."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import yaml

FILE: Final = "unit_groups.yaml"
UNRECOGNISED: Final = "0000"


@cache
def _names() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def unit_groups() -> frozenset[str]:
    """The codes of the unit groups that have a name here, without that of titles nobody recognised."""
    return frozenset(_names()) - {UNRECOGNISED}


def unit_group_name(code: str, language: str) -> str:
    """The name of a unit group in `fr`, `ar` or `en`; its code where it has no name here."""
    return _names().get(code, {}).get(language, code)
