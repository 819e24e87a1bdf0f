"""How long each held a case: sums of its segments, in seconds of the clock and of opening hours.

Where several are awaited at once, three readings stand side by side: each one's own clock (`tasks` of the module
`lanes`), the main line (`by_main`), and equal shares of the time spent together (`by_holder`). The last two add up to
the life of the case to the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minassa.delays.segments import Segment
from minassa.delays.working import WorkingCalendar, working_calendar
from minassa.vocabulary.rounding import allocate


@dataclass(frozen=True, slots=True)
class Spent:
    """Time spent: seconds of the clock, and those of them that fell in opening hours."""

    elapsed: int = 0
    working: int = 0

    def __add__(self, other: Spent) -> Spent:
        """Return the sum of the two."""
        return Spent(self.elapsed + other.elapsed, self.working + other.working)


@dataclass(frozen=True, slots=True)
class Totals:
    """The time of a case.

    `life`: from opening to closing, or to now. `by_main`: by name on the main line. `by_holder`: equal shares among
    those awaited together. `by_ground`: time the whole case was paused, by ground. The values of `by_main`, and those
    of `by_holder`, add up to `life`.
    """

    life: Spent
    by_main: Mapping[str, Spent]
    by_holder: Mapping[str, Spent]
    by_ground: Mapping[str, Spent]


def totals(life: Iterable[Segment], calendar: WorkingCalendar | None = None) -> Totals:
    """Sum the segments of a case; OutsideCalendar beyond the known holidays."""
    known = calendar or working_calendar()
    main: defaultdict[str, Spent] = defaultdict(Spent)
    together: defaultdict[tuple[str, ...], Spent] = defaultdict(Spent)
    grounded: defaultdict[str, Spent] = defaultdict(Spent)
    for segment in life:
        time = spent(segment, known)
        main[segment.main] += time
        together[segment.holders] += time
        if segment.ground:
            grounded[segment.ground] += time
    return Totals(sum(main.values(), Spent()), _sorted(main), shares(together), _sorted(grounded))


def spent(segment: Segment, calendar: WorkingCalendar) -> Spent:
    """Return the time of one segment."""
    return Spent(segment.seconds, calendar.working_seconds(segment.start, segment.end))


def shares(together: Mapping[tuple[str, ...], Spent]) -> dict[str, Spent]:
    """Share the time of each group of holders equally among them, in whole seconds that add up exactly.

    The seconds that cannot be split go by `vocabulary.rounding.allocate`; no share is more than a second per group
    away from the exact one.
    """
    found: defaultdict[str, Spent] = defaultdict(Spent)
    for holders, time in together.items():
        equal = [1] * len(holders)
        parts = zip(allocate(time.elapsed, equal), allocate(time.working, equal), strict=True)
        for holder, (elapsed, working) in zip(holders, parts, strict=True):
            found[holder] += Spent(elapsed, working)
    return _sorted(found)


def _sorted(found: Mapping[str, Spent]) -> dict[str, Spent]:
    return dict(sorted(found.items()))
