"""Seats moved by what insertion measures, without jolts: only what is sure, twice in a row, and a little at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING: Final = "minassa-default#places"
PERIODS: Final = 2


class Move(StrEnum):
    """What a measure says of the seats of a programme in a region."""

    MORE = "more"
    FEWER = "fewer"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Measured:
    """Insertion measured in a period: the bounds of its interval, in basis points."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Under `poor` seats go down, over `good` they go up; `cap`: the most that seats move at a time. Basis points."""

    poor: int
    good: int
    cap: int


def said(measured: Measured, thresholds: Thresholds) -> Move:
    """What one period says: the whole interval must be past a threshold, not its middle."""
    if measured.upper < thresholds.poor:
        return Move.FEWER
    if measured.lower > thresholds.good:
        return Move.MORE
    return Move.STAY


def moved(history: Sequence[Measured], thresholds: Thresholds) -> Move:
    """What seats do after these periods, in order: they move when the last two say the same, and stay otherwise."""
    last = {said(one, thresholds) for one in history[-PERIODS:]}
    return last.pop() if len(history) >= PERIODS and len(last) == 1 else Move.STAY


def adjusted(seats: int, history: Sequence[Measured], thresholds: Thresholds) -> int:
    """Seats of the next period: one at least moves when they move, and never more than the cap."""
    move = moved(history, thresholds)
    if move is Move.STAY or not seats:
        return seats
    step = max(1, divide(seats * thresholds.cap, BASIS_POINTS, Direction.DOWN, ROUNDING))
    return seats + step if move is Move.MORE else seats - step


def paf_envelope(inserted: int, gross_taxable_income_year: int, paf_rate: int) -> int:
    """What PAF would ask in a year, in centimes, for so many graduates at work, at a rate in basis points."""
    return divide(inserted * gross_taxable_income_year * paf_rate, BASIS_POINTS, Direction.HALF_UP, ROUNDING)
