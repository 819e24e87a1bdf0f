"""What one hire in a field gives right to in a P2I, by the offer in force: its figures stand there, nowhere here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from minassa.entitlements.estimates import estimate
from minassa.reforms.public import offer_in_force
from minassa.steering.platforms.trying import occupations_of
from minassa.talent.reference.reading import reference
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.statuses import Status, weakest

MEASURES: Final = ("pae", "paf")
YEARS: Final = 6
"""Calendar years that are looked at from the hiring on: more than any premium of a hire lasts."""
ALL_EXPORTED: Final = {
    "turnover": "1000000",
    "export_turnover": "1000000",
    "taxable_profit": "0",
    "corporate_tax": "0",
}
"""Dirhams of the yearly accounts of the firm supposed to hire: it exports all it makes, and so is entitled."""


@dataclass(frozen=True, slots=True)
class Premium:
    """A premium of one hire over all its years, in centimes, and the weakest status behind."""

    measure: str
    cents: int
    status: Status


def premiums_of(slug: str, field: str, salary_month: int, year: int) -> tuple[Premium, ...]:
    """PAE and PAF of a Moroccan hired for good in a place in January of a year; `salary_month`: gross, centimes."""
    found = [one for one in estimate(_case(field, salary_month, year), [slug], offer_in_force()) if one.employee]
    return tuple(
        Premium(
            measure,
            sum(one.amount for one in found if one.measure == measure),
            weakest((one.status for one in found if one.measure == measure), default=Status.ASSUMED),
        )
        for measure in MEASURES
    )


def _case(field: str, salary_month: int, year: int) -> dict[str, Any]:
    last = year + YEARS
    filiere, level = _usual(field)
    hired = {
        "hired": f"{year}-01-01",
        "salary": format_dirhams(salary_month, unit=False),
        "contract": "CDI",
        "nationality": "MA",
        "qualification": level,
    }
    firm = {
        "filiere": filiere,
        "started": f"{year}-01-01",
        "accounts": dict.fromkeys(range(year - 1, last + 1), ALL_EXPORTED),
    }
    told = {"title": "Essai de spécialisation", "source": "page", "as_of": f"{last}-12", "period": last}
    return {**told, "firm": firm, "employees": {"1": hired}}


def _usual(field: str) -> tuple[str, int]:
    """The filière and the level that most occupations of a field have."""
    held = [reference().occupations[code] for code in occupations_of(field)]
    filieres = Counter(one.filieres[0] for one in held)
    levels = Counter(one.cnc for one in held)
    return min(filieres, key=lambda one: (-filieres[one], one)), min(levels, key=lambda one: (-levels[one], one))
