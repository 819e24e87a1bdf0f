"""Invented cohorts of training: programmes, providers and numbers, written as the sheet that training bodies fill in.

A few counts are left empty, as they are in life: the truth keeps them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from minassa.vocabulary.periods import MONTHS_A_YEAR

SHEET: Final = "COHORTES_synthetique.csv"
HEADINGS: Final = (
    *("organisme", "programme", "cohorte", "intitule", "type", "filiere", "region", "debut", "fin", "places"),
    *("inscrits", "presents", "diplomes", "abandons", "places_en_emploi", "source"),
)
SOURCE: Final = "Donnée synthétique"
_PROGRAMMES: Final = (
    ("dev-web", "Développement web (synthétique)", "ITO", 12, ("ofppt-fictif", "OFPPT"), 60),
    ("cloud-devops", "Cloud et DevOps (synthétique)", "ITO", 6, ("jobintech-fictif", "JOBINTECH"), 30),
    ("cybersecurite", "Cybersécurité (synthétique)", "ITO", 12, ("universite-fictive", "UNIVERSITE"), 24),
    ("relation-client", "Relation client (synthétique)", "CRM", 4, ("talents-fictifs", "TALENT-FACTORY"), 60),
    ("superviseur", "Encadrement de plateau (synthétique)", "CRM", 6, ("alternance-fictive", "ALTERNANCE"), 16),
    ("back-office", "Gestion externalisée (synthétique)", "BPO", 6, ("reconversion-fictive", "RECONVERSION"), 36),
    ("comptabilite", "Comptabilité et paie (synthétique)", "BPO", 18, ("ofppt-fictif", "OFPPT"), 30),
    ("conception-cao", "Conception assistée (synthétique)", "ESO", 18, ("universite-fictive", "UNIVERSITE"), 30),
    ("embarque", "Systèmes embarqués (synthétique)", "ESO", 24, ("universite-fictive", "UNIVERSITE"), 20),
    ("donnees", "Données et analyse (synthétique)", "KPO", 10, ("code212-fictif", "CODE212"), 30),
)
_REGIONS: Final = {6: 1.8, 4: 1.2, 1: 0.8, 3: 0.8, 2: 0.6, 7: 0.6, 9: 0.5}
"""Where invented programmes are offered, and how large their cohorts are there."""
_UNKNOWN: Final = 0.12
_EMPTY_CLASS: Final = 10


@dataclass(frozen=True, slots=True)
class MadeCohort:
    """An invented cohort: its row as written, and what is true of it, unknown to the sheet or not."""

    row: tuple[str, ...]
    truth: dict[str, int] = field(repr=False)


def make_cohorts(seed: int, first_year: int, years: int, known_month: int) -> tuple[MadeCohort, ...]:
    """Cohorts that started in these years, as known in a month: those not ended have no graduates yet."""
    draw = np.random.default_rng(seed)
    made = []
    for year in range(first_year, first_year + years):
        for programme in _PROGRAMMES:
            for region, size in _REGIONS.items():
                starts = year * MONTHS_A_YEAR + int(draw.choice([0, 8]))
                seats = round(programme[5] * size * float(draw.uniform(0.8, 1.2)) * (1 + 0.1 * (year - first_year)))
                if seats >= _EMPTY_CLASS and starts <= known_month:
                    made.append(_cohort(draw, programme, region, starts, seats, known_month))
    return tuple(made)


def written(cohorts: Sequence[MadeCohort]) -> bytes:
    """The sheet of these cohorts, CSV with semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([HEADINGS, *(one.row for one in cohorts)])
    return text.getvalue().encode("utf-8-sig")


def _cohort(
    draw: np.random.Generator,
    programme: tuple[str, str, str, int, tuple[str, str], int],
    region: int,
    starts: int,
    seats: int,
    known_month: int,
) -> MadeCohort:
    code, title, filiere, months, (provider, kind), _size = programme
    ends = starts + months - 1
    enrolled = int(draw.binomial(seats, 0.93))
    graduated = int(draw.binomial(enrolled, 0.78))
    truth = {
        "seats": seats,
        "enrolled": enrolled,
        "present": graduated if ends <= known_month else enrolled - (enrolled - graduated) // 2,
        "graduated": graduated,
        "dropped_out": enrolled - graduated,
        "placed": int(draw.binomial(graduated, 0.68)),
    }
    over = ends <= known_month
    counts = tuple(_said(draw, truth, over=over))
    named = (provider, code, f"{code}-{region:02d}-{_month(starts)}", title, kind, filiere, f"{region:02d}")
    return MadeCohort((*named, _month(starts), _month(ends), *counts, SOURCE), truth)


def _said(draw: np.random.Generator, truth: dict[str, int], *, over: bool) -> Iterator[str]:
    """What the sheet says of each count: nothing of what is not known yet, and now and then nothing at all."""
    later = ("graduated", "dropped_out", "placed")
    for name, value in truth.items():
        unknown = name in later and not over
        yield "" if unknown or (name != "seats" and draw.random() < _UNKNOWN) else str(value)


def _month(month: int) -> str:
    return f"{month // MONTHS_A_YEAR:04d}-{month % MONTHS_A_YEAR + 1:02d}"
