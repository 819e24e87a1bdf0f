"""The figures of a report: each indicator with its value of the period and the one before, read where pages read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from minassa.registry.public import Actor
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Catalogue, Frequency, Indicator
from minassa.steering.indicators.reading import Filters, Point
from minassa.vocabulary.periods import format_month
from minassa.web.indicators import wording
from minassa.web.reports.periods import YEAR, Period


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the report. `cut`: the part of the nation that it is of, in words; empty for the whole."""

    indicator: Indicator
    point: Point
    before: Point | None
    cut: str = ""

    @property
    def period(self) -> str:
        """The period of the value in words."""
        return wording.period_words(self.indicator.frequency, self.point.period)

    @property
    def month(self) -> str:
        """The last month of the period, as files write it."""
        return format_month(self.point.period)

    @property
    def change(self) -> int | None:
        """The value less that of the period before it, in the unit of the value; None where it is not known."""
        if self.before is None or self.before.value is None or self.point.value is None:
            return None
        return self.point.value - self.before.value


def figures(found: Board, period: Period, cut: str = "") -> list[Figure]:
    """The indicators known at the end of a period, in the order of the catalogue."""
    return [made for one in Catalogue.all().values() if (made := figure(found, one, period, cut)) is not None]


def figure(found: Board, indicator: Indicator, period: Period, cut: str = "") -> Figure | None:
    """An indicator at the end of a period; None where nothing was known of it then."""
    points = [point for point in found.points(indicator) if point.period <= period.until]
    if not points:
        return None
    last = points[-1]
    back = YEAR if indicator.frequency == Frequency.YEAR else period.until - period.first + 1
    before = next((point for point in points if point.period == last.period - back), None)
    return Figure(indicator, last, before, cut)


def parts(actor: Actor, period: Period, codes: tuple[str, ...], cuts: dict[str, Filters]) -> Iterator[list[Figure]]:
    """The same indicators for each part of the nation where there is something to tell, one list a part."""
    for words, filters in cuts.items():
        found = board(actor, replace(filters, until=period.until))
        if found is None:
            continue
        made = [figure(found, Catalogue.all()[code], period, words) for code in codes]
        known = [one for one in made if one is not None]
        if any(one.point.value for one in known):
            yield known
