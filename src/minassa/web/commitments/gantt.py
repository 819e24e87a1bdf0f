"""Commitments along time: one bar each from its base to its last term, drawn as shapes for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minassa.steering.commitments.measuring import Measured
from minassa.vocabulary.periods import MONTHS_A_YEAR, year_of
from minassa.web.axes import Axes, Margins, Mark

WIDTH, ROW, TOP, BAR = 760, 46, 30, 12
PHONE_WIDTH: Final = 360
START: Final = 2022 * MONTHS_A_YEAR
END: Final = 2031 * MONTHS_A_YEAR
_NO_MARGINS: Final = Margins(left=6, right=6, top=TOP, bottom=0, gap=0)


@dataclass(frozen=True, slots=True)
class Span:
    """A bar: whose it is, how it stands, where it begins, how long it is, its steps; `known` when it has a term.

    `typed`: its name is what someone wrote, in a language that nobody told.
    """

    name: str
    standing: str
    y: int
    x: int
    length: int
    steps: tuple[int, ...]
    name_x: int
    known: bool
    typed: bool


@dataclass(frozen=True, slots=True)
class Gantt:
    """All bars, the years, where today falls, the size of the picture."""

    spans: tuple[Span, ...]
    years: tuple[Mark, ...]
    today: int
    width: int
    height: int
    turned: bool
    thick: int = BAR


def gantt(some: Sequence[tuple[str, Measured]], today: int, width: int, *, right_to_left: bool) -> Gantt:
    """The bars of named commitments; in Arabic time runs from the right. `today` is a month index."""
    height = TOP + ROW * len(some) + 6
    frame = Axes(width, height, _NO_MARGINS, START, END, 0, 1, 1, right_to_left)
    spans = tuple(_span(name, one, rank, frame) for rank, (name, one) in enumerate(some))
    every = 1 if width == WIDTH else 2
    januaries = range(START, END + 1, MONTHS_A_YEAR * every)
    years = tuple(Mark(frame.x(month), TOP - 12, str(year_of(month))) for month in januaries if month < END)
    return Gantt(spans, years, frame.x(min(max(today, START), END)), width, height, right_to_left)


def _span(name: str, one: Measured, rank: int, frame: Axes) -> Span:
    dated = [step.month for step in one.commitment.steps if step.month is not None]
    began = one.commitment.baselines[0].month if one.commitment.baselines else one.commitment.since_month
    first = max(began if began is not None else _signed(), START)
    last = min(dated[-1], END) if dated else first
    ends = sorted((frame.x(first), frame.x(last)))
    return Span(
        name=name,
        standing=one.standing.value,
        y=TOP + ROW * rank + 22,
        x=ends[0],
        length=max(ends[1] - ends[0], 4),
        steps=tuple(frame.x(min(month, END)) for month in dated),
        name_x=frame.width - 6 if frame.turned else 6,
        known=bool(dated),
        typed=bool(one.commitment.recommendation),
    )


def _signed() -> int:
    """The month of the signature of the programme: where a bar without a base begins."""
    return 2024 * MONTHS_A_YEAR + 8
