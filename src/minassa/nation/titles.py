"""Words on the papers of invented firms: company names, ways of writing a job title, towns of the places."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import jobs
from minassa.vocabulary.places import place
from minassa.vocabulary.regions import region

_FIRST = (
    "ATLAS",
    "RIF",
    "SOUSS",
    "CHELLAH",
    "TOUBKAL",
    "ZELLIGE",
    "ARGAN",
    "MEDINA",
    "OUED",
    "SAHEL",
    "TAFILALT",
    "ANFA",
)
_SECOND = {
    1: ("SYSTEMES", "LOGICIELS", "DIGITAL"),
    2: ("CONTACT", "RELATION CLIENT", "APPELS"),
    3: ("PROCESSUS", "BACK OFFICE", "GESTION"),
    4: ("INGENIERIE", "CALCUL", "PROTOTYPES"),
    5: ("ETUDES", "DONNEES", "SAVOIRS"),
}
NOTICE = "DONNEES SYNTHETIQUES"
"""Written as the address of every invented firm."""


def company(rank: int, filiere: int) -> str:
    """Return the name of the firm of a rank: it always holds FICTIF."""
    words = _SECOND[filiere]
    return f"{_FIRST[rank % len(_FIRST)]} {words[rank // len(_FIRST) % len(words)]} FICTIF {rank + 1}"


@cache
def town(code: int) -> str:
    """Return the region of a place, in capitals without accents, as the CNSS file writes a town (20 letters)."""
    return bare(region(place(code).region).name_fr).upper()[:20]


def bare(text: str) -> str:
    """Return a text without accents, apostrophes or hyphens."""
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    return plain.replace("'", " ").replace("-", " ")


@cache
def titles() -> NDArray[np.str_]:
    """Return the titles of the jobs by code, one row for each way: as in the list, in capitals, without accents."""
    plain = [job.title for job in jobs()]
    return np.array([plain, [bare(title).upper() for title in plain], [bare(title) for title in plain]])
