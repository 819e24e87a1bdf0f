"""Graduates as training bodies tell them, by year, from the last sheet of each cohort: sums of the indicators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils import timezone

from minassa.steering.indicators.catalogue import Frequency, Indicator
from minassa.steering.indicators.cube import MONTHS
from minassa.steering.indicators.reading import Filters
from minassa.talent.flows.forms import PROVIDERS
from minassa.training.public import cohorts
from minassa.vocabulary.periods import month_of

CUTS: Final = ("filiere", "region")
"""Dimensions that a cohort has."""
Sums = dict[int, dict[str, int | None]]


def trained(indicator: Indicator, filters: Filters) -> Sums:
    """Graduates by year (its December; the month of now for this year), whole and by kind of body.

    Added up since the first year where the indicator is. Nothing where the filters cut by what no cohort tells.
    """
    if not set(filters.cut) <= set(CUTS):
        return {}
    now = month_of(timezone.localdate())
    rows = cohorts().filter(ends_month__lte=now, graduated__isnull=False, **filters.cut)
    by_year = _by_year(rows.values_list("ends_month", "kind", "graduated"), now)
    return _added_up(by_year) if indicator.frequency == Frequency.TOTAL else by_year


def _by_year(rows: Iterable[tuple[int, str, int | None]], now: int) -> Sums:
    sums: Sums = {}
    for ends, kind, graduated in rows:
        period = min(ends // MONTHS * MONTHS + MONTHS - 1, now)
        year = sums.setdefault(period, dict.fromkeys(("graduated", *PROVIDERS.values()), 0))
        for name in ("graduated", kind):
            year[name] = (year[name] or 0) + (graduated or 0)
    return dict(sorted(sums.items()))


def _added_up(by_year: Sums) -> Sums:
    so_far: dict[str, int | None] = {}
    found: Sums = {}
    for period, year in by_year.items():
        so_far = {name: (so_far.get(name) or 0) + (value or 0) for name, value in year.items()}
        found[period] = so_far
    return found
