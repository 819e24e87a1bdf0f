"""The custody rows of a case as events of `minassa.delays`, and the minute ledger that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from minassa.delays.events import Event, EventKind
from minassa.delays.holders import AGENCIES
from minassa.delays.lanes import Lane, lanes
from minassa.delays.segments import Segment, segments
from minassa.delays.totals import Totals, totals
from minassa.delays.zone import instant_of
from minassa.onestop.acting import MAIN
from minassa.onestop.case_models import Case, Custody
from minassa.onestop.joining import CLOSED


@dataclass(frozen=True, slots=True)
class Life:
    """A case from its opening, or from its appeal, to its closing or to now: every second has its holder."""

    segments: tuple[Segment, ...]
    lanes: tuple[Lane, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Timeline:
    """The minute ledger of a case at an instant; `lives`: the request, then its appeal if there was one."""

    case: Case
    until: datetime
    lives: tuple[Life, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments, in order."""
        return tuple(segment for life in self.lives for segment in life.segments)


def timeline(case: Case, until: datetime) -> Timeline:
    """Who held a case, for how long, on which ground: one query. Closed lives end where they were closed."""
    return timelines([case], until)[0]


def timelines(cases: Sequence[Case], until: datetime) -> list[Timeline]:
    """The same of each of several cases, in their order: one query for all."""
    held: dict[int, list[Custody]] = {case.pk: [] for case in cases}
    for row in Custody.objects.filter(case__in=list(held)).order_by("case", "number"):
        held[row.case_id].append(row)
    return [_timeline(case, held[case.pk], until) for case in cases]


def _timeline(case: Case, rows: list[Custody], until: datetime) -> Timeline:
    at = max(instant_of(until), instant_of(rows[-1].at)) if rows else instant_of(until)
    lives = []
    for events in events_of(rows):
        cut = segments(events, at)
        lives.append(Life(cut, lanes(cut), totals(cut)))
    return Timeline(case, until, tuple(lives))


def events_of(rows: Iterable[Custody]) -> list[list[Event]]:
    """The events of each life of a case, from its custody rows in order."""
    lives: list[list[Event]] = []
    reading = _Reading()
    for row in rows:
        if not lives or reading.closed:
            reading = _Reading()
            lives.append([])
        lives[-1] += reading.events(row)
    return lives


class _Reading:
    """What is known of the lanes of a case while its rows are read."""

    def __init__(self) -> None:
        self.begun = self.closed = self.paused = False
        self.open: dict[str, bool] = {}

    def events(self, row: Custody) -> list[Event]:
        """The events that a row stands for."""
        at = instant_of(row.at)
        return list(self._main(row, at) if row.lane == MAIN else self._lane(row, at))

    def _main(self, row: Custody, at: int) -> Iterable[Event]:
        if row.holder == CLOSED:
            self.closed = True
            yield Event(at, EventKind.CLOSED)
            return
        if not self.begun:
            self.begun = True
            yield Event(at, EventKind.OPENED, holder="platform" if row.holder == AGENCIES else row.holder)
            return
        if self.paused:
            self.paused = False
            yield Event(at, EventKind.RESUMED)
        if row.holder != AGENCIES:
            yield Event(at, EventKind.HANDED, holder=row.holder)
        if row.ground:
            self.paused = True
            yield Event(at, EventKind.PAUSED, ground=row.ground)

    def _lane(self, row: Custody, at: int) -> Iterable[Event]:
        """A lane is open, paused, or over; `self.open` says whether it is paused."""
        agency = row.lane
        if not row.holder:
            del self.open[agency]
            yield Event(at, EventKind.TASK_CLOSED, agency=agency)
        elif row.ground:
            if agency not in self.open:
                yield Event(at, EventKind.TASK_OPENED, agency=agency)
            self.open[agency] = True
            yield Event(at, EventKind.PAUSED, agency=agency, ground=row.ground)
        else:
            was = self.open.get(agency)
            self.open[agency] = False
            yield Event(at, EventKind.RESUMED if was else EventKind.TASK_OPENED, agency=agency)
