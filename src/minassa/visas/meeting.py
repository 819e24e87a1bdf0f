"""After a run, those hired under a visa are met with the declarations that it read, at three months, six and twelve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import polars as pl
from django.conf import settings
from django.db import transaction

from minassa.delays import instant_of, local_day
from minassa.entitlements.months import aliases, by_number
from minassa.entitlements.runs import Run, runs_in
from minassa.intake.public import lake
from minassa.registry.public import system_actor
from minassa.visas.parameters import parameter_on
from minassa.visas.visa_models import Alert, AlertKind, Hire, Meeting, Visa, VisaState
from minassa.vocabulary.periods import month_of

HORIZONS: Final = (3, 6, 12)
PLATFORM: Final = system_actor("visas")
_REGISTER: Final = ("affiliation", "person", "person_by_cin", "as_of_month", "hired_on", "left_on")


def meet_next(at: datetime) -> bool:
    """Meet those hired with the last run, once, and open the alerts that follow. A loop of the worker."""
    runs = runs_in(settings.MINASSA_HOME / "runs")
    opened = alert_untold(at)
    if not runs:
        return opened
    return meet(runs[-1], at) or opened


def meet(run: Run, at: datetime) -> bool:
    """Keep what a run says at each horizon that it reaches and that it has not said yet; whether there was any."""
    known = set(Meeting.objects.filter(run=run.path.name).values_list("visa_id", "horizon"))
    hires = Hire.objects.filter(visa__state=VisaState.GRANTED).select_related("visa__enterprise")
    due = [
        (hire, horizon)
        for hire in hires
        for horizon in HORIZONS
        if hire.starts_month + horizon <= run.until and (hire.visa_id, horizon) not in known
    ]
    if not due:
        return False
    seen = _seen(run, {hire.person for hire, _horizon in due}, {hire.starts_month + horizon for hire, horizon in due})
    met = [_meeting(hire, horizon, seen, run, at) for hire, horizon in due]
    with transaction.atomic():
        made = Meeting.objects.bulk_create(met, ignore_conflicts=True)
        _alert(made, at)
    return True


def _seen(run: Run, people: set[int], months: set[int]) -> set[tuple[int, int, int]]:
    """Person, month and employer of each line of these people in these months."""
    read = lake().at(run.manifest["versions"])
    staff = read.current("staff_lines").select(_REGISTER).collect()
    lines = by_number(read.current("cnss_lines"), aliases(staff))
    found = lines.filter(pl.col("person").is_in(sorted(people)), pl.col("month").is_in(sorted(months)))
    return set(found.select("person", "month", "affiliation").collect().iter_rows())


def _meeting(hire: Hire, horizon: int, seen: set[tuple[int, int, int]], run: Run, at: datetime) -> Meeting:
    firms = {firm for person, month, firm in seen if (person, month) == (hire.person, hire.starts_month + horizon)}
    own = hire.visa.enterprise.affiliation
    return Meeting(
        visa=hire.visa,
        run=run.path.name,
        horizon=horizon,
        with_firm=own in firms,
        elsewhere=bool(firms - {own}),
        kept_at=at,
    )


def _alert(met: Sequence[Meeting], at: datetime) -> None:
    """An absence opens an alert; a declaration that came late closes the one it had opened."""
    for one in met:
        if one.with_firm:
            late = Alert.objects.filter(visa=one.visa, kind=AlertKind.ABSENT, horizon=one.horizon)
            late.filter(closed_at__isnull=True).update(closed_at=at, closed_by=str(PLATFORM))
    absent = (
        Alert(visa=one.visa, kind=AlertKind.ABSENT, horizon=one.horizon, opened_at=at)
        for one in met
        if not one.with_firm
    )
    Alert.objects.bulk_create(absent, ignore_conflicts=True)


def alert_untold(at: datetime) -> bool:
    """Open an alert for each visa granted so long ago whose hire nobody has told; whether one was opened."""
    today = local_day(instant_of(at))
    least = month_of(today) - parameter_on("tell_within", today).value
    silent: Iterable[Visa] = Visa.objects.filter(state=VisaState.GRANTED, hire__isnull=True, alerts__isnull=True)
    late = [one for one in silent if one.granted_on is not None and month_of(one.granted_on) < least]
    Alert.objects.bulk_create(
        (Alert(visa=one, kind=AlertKind.UNTOLD, opened_at=at) for one in late), ignore_conflicts=True
    )
    return bool(late)
