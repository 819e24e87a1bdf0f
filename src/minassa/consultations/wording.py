"""What people write, as it is kept: without control signs, in a length that its column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from minassa.consultations.errors import ConsultationError

LONGEST_LINE: Final = 160
LONGEST_TEXT: Final = 4_000
LANGUAGES: Final = ("fr", "ar", "en")


def line(text: str, missing: str, longest: int = LONGEST_LINE) -> str:
    """One line, spaces closed up; ConsultationError with the sentence `missing` when there is none, or too long."""
    found = " ".join(text.replace("\x00", "").split())
    if not found:
        raise ConsultationError(missing)
    if len(found) > longest:
        raise ConsultationError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": longest})
    return found


def paragraph(text: str, missing: str) -> str:
    """A text of several lines; ConsultationError when there is none, or too long."""
    found = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not found:
        raise ConsultationError(missing)
    if len(found) > LONGEST_TEXT:
        raise ConsultationError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": LONGEST_TEXT})
    return found


def trilingual(given: Mapping[str, str], missing: str) -> dict[str, str]:
    """A line in the three languages; French and Arabic must be there, English falls back on French."""
    found = {name: line(given.get(name, ""), missing) for name in LANGUAGES[:2]}
    found["en"] = line(given.get("en", "") or found["fr"], missing)
    return found


def several(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows of which at least one language is written, in their order."""
    return [dict(row) for row in rows if any(value.strip() for value in row.values())]
