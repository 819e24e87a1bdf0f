"""Who held a case, drawn as one bar from its opening to now, with the lanes of its administrations and its deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WIDTH: Final = 1_000
"""Width of the drawing in its own units: one unit is a thousandth of the time shown."""

HOLDERS: Final[Mapping[str, str | Promise]] = {
    "firm": _("entreprise"),
    "agencies": _("administrations"),
    "committee": _("comité"),
    "platform": _("plateforme"),
    "force_majeure": _("force majeure"),
}


class Stretch(Protocol):
    """What a bar needs of a segment of the life of a case: seconds since 1970, the holder on the main line."""

    @property
    def start(self) -> int:
        """Its beginning."""

    @property
    def end(self) -> int:
        """Its end, excluded."""

    @property
    def main(self) -> str:
        """Who held the case."""


class Run(Protocol):
    """What a bar needs of the lane of an administration."""

    @property
    def agency(self) -> str:
        """The code of the administration."""

    @property
    def opened(self) -> int:
        """When it was asked."""

    @property
    def last(self) -> int:
        """When it answered, or now."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: where it starts and how wide it is, in thousandths; who held it, since when, for how long."""

    x: int
    width: int
    holder: str
    label: str | Promise
    since: dt.datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The bar of one administration."""

    name: str
    part: Part


@dataclass(frozen=True, slots=True)
class Bar:
    """All that is drawn: the main bar, the lanes, the deadline if it is known, the time of each holder."""

    parts: tuple[Part, ...]
    lanes: tuple[Lane, ...]
    due_x: int | None
    late: bool
    totals: tuple[tuple[str, str | Promise, int], ...]


def bar(
    stretches: Iterable[Stretch],
    runs: Iterable[Run] = (),
    due: dt.datetime | None = None,
    names: Mapping[str, str] | None = None,
) -> Bar:
    """The bar of a case; nothing in it when the case has no life yet. `names`: of administrations, by code."""
    known, asked = sorted(stretches, key=lambda each: each.start), list(runs)
    if not known:
        return Bar((), (), None, late=False, totals=())
    begins, ends = known[0].start, known[-1].end
    limit = None if due is None else int(due.timestamp())
    scale = _Scale(begins, max(ends, limit or ends))
    lanes = tuple(Lane(_name(run.agency, names), scale.lane(run)) for run in asked)
    seconds: dict[str, int] = {}
    for each in known:
        seconds[each.main] = seconds.get(each.main, 0) + each.end - each.start
    return Bar(
        parts=tuple(scale.part(each.start, each.end, each.main) for each in known),
        lanes=lanes,
        due_x=None if limit is None else scale.x(limit),
        late=limit is not None and ends > limit,
        totals=tuple((holder, label(holder), time) for holder, time in seconds.items()),
    )


def label(holder: str) -> str | Promise:
    """Who a holder is, in words; an administration by its code."""
    return HOLDERS.get(holder, holder.removeprefix("agency:").upper())


def _name(agency: str, names: Mapping[str, str] | None) -> str:
    return (names or {}).get(agency) or agency.upper()


@dataclass(frozen=True, slots=True)
class _Scale:
    """Seconds since 1970 as thousandths of the time shown."""

    begins: int
    ends: int

    def x(self, instant: int) -> int:
        return (instant - self.begins) * WIDTH // max(1, self.ends - self.begins)

    def part(self, start: int, end: int, holder: str) -> Part:
        since = dt.datetime.fromtimestamp(start, dt.UTC)
        width = max(2, self.x(end) - self.x(start))  # a minute in a month is still to be seen
        return Part(self.x(start), width, holder, label(holder), since, end - start)

    def lane(self, run: Run) -> Part:
        return self.part(run.opened, run.last, "agencies")
