"""Names of files as people may give them: kept as they are, or refused; never repaired in silence."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
"""Characters of a name; every system keeps that many, accents included."""

_BYTES: Final = 240
_PATHS: Final = frozenset("/\\:")
_MARKUP: Final = frozenset("<>\"|?*&'`")
# Categories that show nothing, or change the order of what is shown: controls, directions, lone surrogates, private.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DEVICE: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])", re.IGNORECASE)


def problem_of_name(name: str) -> str:
    """The code of what makes a name impossible (`name-path`, `name-hidden`…), "" when it may be kept."""
    if not name.strip():
        return "name-empty"
    if any(unicodedata.category(character) in _HIDDEN for character in name):
        return "name-hidden"
    if _PATHS.intersection(name) or name.startswith("."):
        return "name-path"
    if _MARKUP.intersection(name):
        return "name-markup"
    if _DEVICE.fullmatch(name.partition(".")[0].strip()) or name != name.rstrip(" ."):
        return "name-device"
    return "name-long" if len(name) > LONGEST or len(name.encode()) > _BYTES else ""


def shown(name: str) -> str:
    """A name that may be anything, as it can be written in a message: what is hidden is shown, and not too much of it.

    Directions and controls become `�`, so that a refused name cannot disturb the page that refuses it.
    """
    seen = "".join("\ufffd" if unicodedata.category(each) in _HIDDEN else each for each in name[:LONGEST])
    return seen + ("…" if len(name) > LONGEST else "")
