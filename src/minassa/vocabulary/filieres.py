"""The five filières of the offer, named in the scope of the circular of 2025.

The English names expand the abbreviations of the text; the French and Arabic wordings are ours.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from minassa.vocabulary.errors import MinassaError


class UnknownFiliereError(MinassaError):
    """The text names no filière."""

    code = "filiere-unknown"


class Filiere(IntEnum):
    """A filière of outsourcing; the number is the one kept in the frames."""

    NONE = 0
    ITO = 1
    CRM = 2
    BPO = 3
    ESO = 4
    KPO = 5

    def label(self, language: str = "fr") -> str:
        """Return the full name in `fr`, `ar` or `en`; KeyError for another language."""
        return _LABELS[language][self]


_LABELS = {
    "fr": (
        "Aucune filière",
        "Externalisation des technologies de l'information",
        "Gestion de la relation client",
        "Externalisation des processus métiers",
        "Externalisation des services d'ingénierie",
        "Externalisation des processus à forte valeur de connaissance",
    ),
    "ar": (
        "بدون شعبة",
        "ترحيل خدمات تكنولوجيا المعلومات",
        "تدبير علاقات الزبناء",
        "ترحيل العمليات المهنية",
        "ترحيل خدمات الهندسة",
        "ترحيل العمليات المعرفية",
    ),
    "en": (
        "No filière",
        "Information technology outsourcing",
        "Customer relationship management",
        "Business process outsourcing",
        "Engineering service outsourcing",
        "Knowledge process outsourcing",
    ),
}

FILIERE_CODES: Final = {filiere.name: filiere for filiere in Filiere if filiere}
"""The five filières of the offer by the code written in files."""
_CODES = FILIERE_CODES | {"AUCUNE": Filiere.NONE}


def parse_filiere(text: str) -> Filiere:
    """Read the code written in a file: ITO, CRM, BPO, ESO, KPO or AUCUNE, in any case, spaces around allowed.

    Raises UnknownFiliereError for anything else, the empty text included.
    """
    filiere = _CODES.get(text.strip().upper())
    if filiere is None:
        message = "Filière inconnue : écrivez ITO, CRM, BPO, ESO, KPO ou AUCUNE."
        raise UnknownFiliereError(message)
    return filiere
