"""The clock of each administration: one lane per task, measured on its own while the others run beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minassa.delays.segments import Segment
from minassa.delays.totals import Spent, spent
from minassa.delays.working import WorkingCalendar, working_calendar


@dataclass(frozen=True, slots=True)
class Lane:
    """One task of an administration, from `opened` to `last` (epoch seconds), the end of what was measured.

    `spell`: its rank among the tasks of this administration in the case, from 1. `life`: whole time. `running`: time
    during which the administration was awaited. `by_ground`: time paused, by ground; the pause of the whole case goes
    before the task's own. `running` and `by_ground` add up to `life`.
    """

    agency: str
    spell: int
    opened: int
    last: int
    life: Spent
    running: Spent
    by_ground: Mapping[str, Spent]


def lanes(life: Iterable[Segment], calendar: WorkingCalendar | None = None) -> tuple[Lane, ...]:
    """Measure every task of a case, in order of opening then of code; a task that lasted no time has no lane."""
    known = calendar or working_calendar()
    of_task: defaultdict[tuple[str, int], list[Segment]] = defaultdict(list)
    for segment in life:
        for agency, task in segment.tasks.items():
            of_task[agency, task.spell].append(segment)
    found = [_lane(agency, spell, cut, known) for (agency, spell), cut in of_task.items()]
    return tuple(sorted(found, key=lambda lane: (lane.opened, lane.agency)))


def _lane(agency: str, spell: int, cut: list[Segment], calendar: WorkingCalendar) -> Lane:
    running, grounded = Spent(), defaultdict[str, Spent](Spent)
    for segment in cut:
        time, ground = spent(segment, calendar), segment.ground or segment.tasks[agency].ground
        if ground:
            grounded[ground] += time
        else:
            running += time
    life = sum(grounded.values(), running)
    return Lane(agency, spell, cut[0].start, cut[-1].end, life, running, dict(sorted(grounded.items())))
