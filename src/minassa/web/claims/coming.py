"""What a firm will be able to claim, and from when: the periods to come of each measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.claims.public import MEASURES, ClaimPeriod, claims_for, coming_periods
from minassa.delays.errors import OutsideCalendar
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.periods import MONTHS_A_YEAR, last_day
from minassa.web.access import PageRequest, page
from minassa.web.claims.showing import measure_name, months_words, period_words

AHEAD_MONTHS: Final = 18


@dataclass(frozen=True, slots=True)
class Coming:
    """A period to come: when its claim opens (None: holidays are not known that far), from which day at the soonest."""

    measure: str
    name: str
    period: str
    months: str
    ends: date
    opens_at: datetime | None
    status: str


@require_GET
@page("claim.list")
def coming(request: PageRequest) -> HttpResponse:
    """The calendar of claims to come."""
    now = timezone.now()
    found = sorted(_coming(request.actor, now), key=lambda one: (one.ends, one.measure))
    context: dict[str, Any] = {
        "rows": found,
        "firm": bool(request.actor.mandates),
        "own": Enterprise.objects.filter(pk__in=request.actor.enterprises()).order_by("name"),
        "ahead": AHEAD_MONTHS,
    }
    return render(request, "web/claims/coming.html", context)


def _coming(actor: Actor, now: datetime) -> Iterator[Coming]:
    closings = _closing_months(actor)
    for measure in MEASURES:
        for period in coming_periods(measure, now, AHEAD_MONTHS):
            if measure == "ais" and period.last_month % MONTHS_A_YEAR not in closings:
                continue
            if measure == "pae":
                continue  # one per recruit: the page that follows each of them says when
            yield _told(period)


def _closing_months(actor: Actor) -> frozenset[int]:
    """Months of the year (0 to 11) in which a fiscal year of the actor's firms closed; December when none is known."""
    known = claims_for(actor).filter(measure="ais").values_list("last_month", flat=True)
    counted = Counter(month % MONTHS_A_YEAR for month in known[:200])
    return frozenset(counted) or frozenset({MONTHS_A_YEAR - 1})


def _told(period: ClaimPeriod) -> Coming:
    return Coming(
        measure=period.measure,
        name=measure_name(period.measure),
        period=period_words(period.measure, period.name),
        months=months_words(period.first_month, period.last_month),
        ends=last_day(period.last_month),
        opens_at=_opens(period),
        status=period.entry.status.value,
    )


def _opens(period: ClaimPeriod) -> datetime | None:
    try:
        return period.opens_at
    except OutsideCalendar:
        return None
