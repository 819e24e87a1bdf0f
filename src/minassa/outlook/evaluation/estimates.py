"""A quantity that was estimated, with what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scipy.stats import t as student

COVERED: Final = 95
"""Per cent of the intervals."""
_HALF_OUT: Final = (100 - COVERED) / 200


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity with its standard error and the bounds of its 95 % interval, in the unit of the outcome."""

    value: float
    error: float
    low: float
    high: float

    @property
    def significant(self) -> bool:
        """Whether zero is outside the interval."""
        return self.low > 0 or self.high < 0

    def as_json(self) -> dict[str, float]:
        """The estimate as plain data."""
        names = ("value", "error", "low", "high")
        return {name: round(getattr(self, name), 6) for name in names}


def estimate(value: float, error: float, degrees: float) -> Estimate:
    """An estimate from its standard error and the degrees of freedom it was learnt with."""
    reach = error * float(student.isf(_HALF_OUT, degrees))
    return Estimate(value, error, value - reach, value + reach)
