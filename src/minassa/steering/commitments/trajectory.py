"""The path of a commitment: its base, its dated steps, the straight line between, at the size of the data."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minassa.commitments.public import Commitment
from minassa.outlook.targets import Scale
from minassa.vocabulary.rounding import Direction, divide

ROUNDING: Final = "minassa-default#echelle"
Mark = tuple[int, int]
"""A month (an index) and the value promised by its end."""


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The base and the steps, oldest first, brought to the size of the data; a line is drawn between (`assumed`)."""

    marks: tuple[Mark, ...]

    @property
    def rises(self) -> bool:
        """Whether more is better."""
        return self.marks[-1][1] >= self.marks[0][1]

    def expected(self, month: int) -> int | None:
        """The value that the path asks for at the end of a month; None outside of it."""
        months = [one for one, _value in self.marks]
        after = bisect_right(months, month)
        if after == 0 or month > months[-1]:
            return None
        if after == len(months):
            return self.marks[-1][1]
        (start, low), (end, high) = self.marks[after - 1 : after + 1]
        return low + _risen(high - low, month - start, end - start)

    def keeps_up(self, value: int, expected: int) -> bool:
        """Whether a value is at least as good as what the path asks for."""
        return value >= expected if self.rises else value <= expected


def trajectory_of(one: Commitment, scale: Scale, base: Mark | None) -> Trajectory | None:
    """The path of a commitment; None where no base or no dated value is known.

    `scale` is that of the data, applied where the commitment says so; `base`: what the indicator said in the month that
    the path starts from, used where no baseline was read.
    """
    size = scale if one.scaled else Scale()
    told = [
        (step.month, size.of(step.value)) for step in one.steps if step.month is not None and step.value is not None
    ]
    first = (one.baselines[0].month, size.of(one.baselines[0].value)) if one.baselines else base
    if not told or first is None or first[0] >= told[0][0]:
        return None
    return Trajectory((first, *told))


def marks_between(path: Trajectory, since: int, until: int) -> Sequence[Mark]:
    """The path month by month over a span."""
    return [(month, told) for month in range(since, until + 1) if (told := path.expected(month)) is not None]


def _risen(rise: int, months: int, of: int) -> int:
    gone = divide(abs(rise) * months, of, Direction.HALF_UP, ROUNDING)
    return gone if rise >= 0 else -gone
