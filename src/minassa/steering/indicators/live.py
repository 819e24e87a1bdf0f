"""Sums that are read where they are kept: accounts by budget year, real delays by month, graduates by year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core.cache import cache
from django.utils import timezone

from minassa.claims.public import expected_of
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.ledger.public import execution
from minassa.offer.loading import load_offer
from minassa.onestop.public import BodyDelays, real_delays
from minassa.registry.public import Actor, allowed
from minassa.steering.indicators.catalogue import Indicator, Source
from minassa.steering.indicators.cube import MONTHS
from minassa.steering.indicators.reading import Filters
from minassa.steering.indicators.told_training import trained
from minassa.steering.indicators.ventures import checked_by_month
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.places import places

MEMBERSHIP: Final = "membership"
"""The procedure whose delay stands for the others: the one by which a firm enters the offer."""
WINDOW: Final = timedelta(days=365)
KEPT: Final = 300
"""Seconds during which what was read is kept."""
DELAYS: Final = "real-delays"
"""Under which the real delays are kept."""
EXPECTED: Final = "expected"
Sums = dict[int, dict[str, int | None]]


def live_sums(indicator: Indicator, actor: Actor, run: Run, filters: Filters) -> Sums:
    """The sums of an indicator by period (its last month); none for who may not read them, or cut in another way."""
    if indicator.source == Source.DELAYS:
        return {} if filters.cut else _delays()
    if indicator.source == Source.TRAINING:
        return trained(indicator, filters)
    if indicator.source == Source.VENTURES:
        return {} if filters.cut else checked_by_month()
    if not allowed(actor, "ledger.view") or "size" in filters.cut:
        return {}
    if EXPECTED in indicator.inputs:
        return {} if filters.cut else to_come(run)
    return _accounts(actor, filters)


def delays() -> list[BodyDelays]:
    """The real delays of the last twelve months, kept some minutes."""
    seen: list[BodyDelays] | None = cache.get(DELAYS)
    if seen is None:
        until = timezone.now()
        seen = real_delays(until - WINDOW, until)
        cache.set(DELAYS, seen, KEPT)
    return seen


def _delays() -> Sums:
    whole = [one for one in delays() if one.procedure == MEMBERSHIP and not one.body]
    return {month_of(month.month): {"median": month.median} for one in whole for month in one.trend}


def _accounts(actor: Actor, filters: Filters) -> Sums:
    """The accounts by budget year, of the firms looked at; credits are opened for the whole alone."""
    by = ["budget_year", *(["filiere", "place"] if filters.cut else [])]
    sums: Sums = {}
    for row in execution(actor, by):
        if not _kept(row.key, filters):
            continue
        year = sums.setdefault(int(row.key["budget_year"]) * MONTHS + MONTHS - 1, {})
        for name in ("opened", "recognised", "cancelled", "committed", "paid"):
            value = getattr(row, name)
            if value is not None:
                year[name] = (year.get(name) or 0) + int(value)
    return dict(sorted(sums.items()))


def _kept(key: dict[str, Any], filters: Filters) -> bool:
    regions = {one.code: one.region for one in places()}
    told = {"filiere": key.get("filiere"), "place": key.get("place"), "region": regions.get(key.get("place") or 0)}
    return all(told[name] == value for name, value in filters.cut.items())


def to_come(run: Run) -> Sums:
    """What premiums may still bring, by year, as the run knew it: computed once for a run, by the worker after it."""
    key = f"indicators-to-come-{run.path.name}"
    kept: Sums | None = cache.get(key)
    if kept is None:
        kept = {}
        for row in expected_of(run, offer_of(run, load_offer()), timezone.localdate()):
            year = kept.setdefault(row.year * MONTHS + MONTHS - 1, {EXPECTED: 0})
            year[EXPECTED] = (year[EXPECTED] or 0) + row.expected
        cache.set(key, kept, None)
    return dict(sorted(kept.items()))
