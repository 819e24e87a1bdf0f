"""Invented titles that await a person, so that the queue of a demonstration has something to show."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minassa.titles.asking import PLATFORM, put
from minassa.titles.models import Origin

EXAMPLES: Final = (
    "Agent polyvalent front et back",
    "Chef de cellule N3",
    "RP",
    "Référent métier plateau",
    "منشط فريق",
    "mkallaf b suivi",
    "Growth & automation champion",
    "Pilote d'activité",
    "Stagiaire PFE",
)
"""Titles of nobody, written for the demonstration, that the lexicon is not sure of."""


def ask_examples(at: datetime) -> str:
    """Put the invented titles before a person, once; a sentence that says so. A step of `demonstrate`."""
    asked = put([(title, None) for title in EXAMPLES], Origin.FILE, PLATFORM, at)
    return f"Titres de poste inventés à trancher : {asked}"  # not shown
