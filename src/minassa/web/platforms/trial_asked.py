"""A trial of specialisation as its address holds it: what was typed is kept, what is wrong is told beside its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from minassa.outlook.specialisation.fields import fields
from minassa.outlook.specialisation.trial import MOST_SHARE, Wanted
from minassa.platforms.public import FARTHEST, platform_parameters
from minassa.talent.seats.assumed import assumptions
from minassa.vocabulary.money import CENTIMES_A_DIRHAM
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS

NAMES: Final = ("domaine", "part", "annee", "reconversion", "salaire", "metres")
HUNDREDTHS: Final = BASIS_POINTS // 100
_PERCENT: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
_WHOLE: Final = re.compile(r"\d{1,7}")
MOST_SALARY: Final = 1_000_000
"""Dirhams a month."""
MOST_METRES: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked; `errors` by name of field. Numbers are only there without error."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    share: int
    year: int
    converted: int
    salary: int
    metres: int
    assumed: frozenset[str]
    """Fields that still hold the value that no text gives."""

    @property
    def field(self) -> str:
        """The field that is tried."""
        return self.typed["domaine"]

    def wanted(self, this_year: int) -> Wanted:
        """The trial itself, from the year of today on."""
        return Wanted(self.field, self.share, self.year - this_year, self.converted)


def asked(given: Mapping[str, str], this_year: int) -> Asked:
    """What an address asks; what it leaves out is a value to begin with."""
    begun = beginning(this_year)
    typed = {name: given.get(name, "").strip() or begun[name] for name in NAMES}
    share, converted = basis_points(typed["part"]), basis_points(typed["reconversion"])
    year, salary, metres = (_whole(typed[name]) for name in ("annee", "salaire", "metres"))
    errors = {
        "domaine": "" if typed["domaine"] in fields() else _("Choisissez un domaine de la liste."),
        "part": "" if share is not None and share <= MOST_SHARE else _("La part visée va de 0 à 90 %."),
        "annee": ""
        if year is not None and this_year < year <= this_year + FARTHEST
        else _("L'année visée est à venir, dans quinze ans au plus."),
        "reconversion": ""
        if converted is not None and converted <= BASIS_POINTS
        else _("La part des reconversions va de 0 à 100 %."),
        "salaire": ""
        if salary is not None and 0 < salary <= MOST_SALARY
        else _("Le salaire est un nombre entier de dirhams par mois, jusqu'à 1 000 000."),
        "metres": ""
        if metres is not None and 0 < metres <= MOST_METRES
        else _("La surface est un nombre entier de mètres carrés, de 1 à 100."),
    }
    return Asked(
        typed=typed,
        errors={name: error for name, error in errors.items() if error},
        share=share or 0,
        year=year or 0,
        converted=converted or 0,
        salary=(salary or 0) * CENTIMES_A_DIRHAM,
        metres=metres or 0,
        assumed=frozenset(name for name in ("reconversion", "salaire", "metres") if typed[name] == begun[name]),
    )


def beginning(this_year: int) -> dict[str, str]:
    """What a form begins with: the first field, one person in ten in four years; the rest is assumed."""
    month = assumptions().gross_taxable_income_year // MONTHS_A_YEAR // CENTIMES_A_DIRHAM
    return {
        "domaine": next(iter(fields())),
        "part": "10",
        "annee": str(this_year + 4),
        "reconversion": "50",
        "salaire": str(month),
        "metres": str(platform_parameters()["square_metres_a_post"].value),
    }


def basis_points(text: str) -> int | None:
    """A percentage with two decimals at most; None for anything else."""
    found = _PERCENT.fullmatch(text.strip().removesuffix("%").strip()) if text.isascii() else None
    if found is None:
        return None
    return int(found[1]) * HUNDREDTHS + int((found[2] or "").ljust(2, "0"))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and _WHOLE.fullmatch(text) else None
