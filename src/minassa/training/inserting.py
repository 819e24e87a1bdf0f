"""Insertion as the last runs measured it: by cohort, by programme, and what was known when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from minassa.talent.flows.forms import COHORT
from minassa.talent.flows.shares import Counted, counted
from minassa.training.models import Cohort, Measured, Outcome, Roll
from minassa.training.reading import cohorts

HORIZON: Final = 12
"""Months after graduation at which a programme is judged."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A cohort whose graduates were met: how many were observed at `HORIZON`, and how many were at work."""

    cohort: Cohort
    observed: int
    employed: int


def seen() -> list[Seen]:
    """The cohorts whose graduates have reached the horizon, as the last run that met them says."""
    last = Outcome.objects.order_by(*COHORT, "-pk").distinct(*COHORT)
    told = {tuple(getattr(one, name) for name in COHORT): _at(one.horizons) for one in last}
    found = []
    for cohort in cohorts():
        observed, employed = told.get(tuple(getattr(cohort, name) for name in COHORT), (0, 0))
        if observed:
            found.append(Seen(cohort, observed, employed))
    return found


def _at(horizons: list[dict[str, int | None]]) -> tuple[int, int]:
    row = next((one for one in horizons if one["horizon"] == HORIZON), {})
    return row.get("observed") or 0, row.get("employed") or 0


def by_programme(rows: Iterable[Seen]) -> dict[str, Counted]:
    """The share at work by programme, all its cohorts together."""
    sums: dict[str, tuple[int, int]] = {}
    for one in rows:
        employed, observed = sums.get(one.cohort.programme, (0, 0))
        sums[one.cohort.programme] = (employed + one.employed, observed + one.observed)
    shares = {code: counted(*pair) for code, pair in sorted(sums.items())}
    return {code: share for code, share in shares.items() if share is not None}


def known_so_far() -> tuple[int, int]:
    """The last sheet taken and the last measure made: whoever rests on cohorts was made of what these numbers name."""
    return (
        Roll.objects.aggregate(last=Max("pk"))["last"] or 0,
        Measured.objects.aggregate(last=Max("pk"))["last"] or 0,
    )
