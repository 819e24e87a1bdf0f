"""Absences: sickness, maternity, months without pay; one at a time for each spell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.people import NOBODY
from minassa.nation.staff import Staff
from minassa.nation.streams import chance
from minassa.vocabulary.periods import year_of

FULL_MONTH = 26
MATERNITY, SICKNESS, UNPAID, KEPT = 3, 4, 6, 7
"""Ranks of the e-BDS situations IT, IL, CS, MS."""

_YOUNGEST_MOTHER, _OLDEST_MOTHER = 22, 42
_SETTLED = 3
_LONG_SICKNESS = 600


class Absences:
    """Who is absent in each month, from the first month on: months must be asked for in order."""

    def __init__(self, staff: Staff, rng: np.random.Generator) -> None:
        """Start with everybody at work."""
        count = len(staff.spells)
        self._staff, self._rng = staff, rng
        self._code = np.zeros(count, np.int64)
        self._since = np.full(count, NOBODY, np.int64)
        self._until = np.full(count, NOBODY, np.int64)
        self._first = np.zeros(count, np.int64)
        self._last = np.zeros(count, np.int64)
        self.maternities: list[tuple[int, NDArray[np.int64]]] = []
        """Month and spells of each maternity leave that begins."""

    def month(self, month: int, active: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each active spell the days lost (26: the whole month) and the situation (0: none)."""
        free = active[self._until[active] < month]
        self._begin(month, free[self._may_be_absent(month, free)])
        absent = self._until[active] >= month
        lost = np.where(self._until[active] == month, self._last[active], FULL_MONTH)
        lost = np.where(self._since[active] == month, self._first[active], lost)
        return np.where(absent, lost, 0), np.where(absent, self._code[active], 0)

    def _may_be_absent(self, month: int, spells: NDArray[np.int64]) -> NDArray[np.bool_]:
        start, end = self._staff.spells["start"][spells], self._staff.spells["end"][spells]
        return np.asarray((start < month) & (end > month))

    def _begin(self, month: int, spells: NDArray[np.int64]) -> None:
        figures, rng, count = calibration(), self._rng, len(spells)
        drawn = rng.random(count) * 10_000
        limits = np.cumsum(
            [figures.sickness_rate.value, figures.unpaid_leave_rate.value, figures.kept_without_pay_rate.value]
        )
        kind = np.searchsorted(limits, drawn, side="right")
        self._sick(month, spells[kind == 0])
        self._whole_months(month, spells[kind == 1], UNPAID, rng.integers(1, 4, int((kind == 1).sum())))
        self._whole_months(month, spells[kind == 2], KEPT, rng.integers(1, 5, int((kind == 2).sum())))  # noqa: PLR2004
        self._mothers(month, spells[kind == len(limits)])

    def _sick(self, month: int, spells: NDArray[np.int64]) -> None:
        rng, count = self._rng, len(spells)
        long = chance(rng, count, _LONG_SICKNESS)
        more = np.where(long, rng.integers(1, 3, count), 0)
        self._set(spells, month, month + more, SICKNESS, rng.integers(2, 19, count), rng.integers(5, 27, count))

    def _whole_months(self, month: int, spells: NDArray[np.int64], code: int, length: NDArray[np.int64]) -> None:
        full = np.full(len(spells), FULL_MONTH)
        self._set(spells, month, month + length - 1, code, full, full)

    def _mothers(self, month: int, spells: NDArray[np.int64]) -> None:
        people, market = self._staff.people, self._staff.market
        person = self._staff.spells["person"][spells]
        age = year_of(market.first_month + month) - people["born"][person]
        fit = people["woman"][person] & (age >= _YOUNGEST_MOTHER) & (age <= _OLDEST_MOTHER)
        fit &= month - self._staff.spells["start"][spells] >= _SETTLED
        chosen = spells[fit & chance(self._rng, len(spells), calibration().maternity_rate.value)]
        first = self._rng.integers(6, FULL_MONTH + 1, len(chosen))
        left = calibration().maternity_days.value - 2 * FULL_MONTH - first
        self._set(chosen, month, np.full(len(chosen), month + 3), MATERNITY, first, left)
        self.maternities.append((month, chosen))

    def _set(
        self,
        spells: NDArray[np.int64],
        since: int,
        until: NDArray[np.int64],
        code: int,
        first: NDArray[np.int64],
        last: NDArray[np.int64],
    ) -> None:
        """Record absences; one that would outlast the spell stops the month before its end."""
        self._code[spells], self._since[spells] = code, since
        self._until[spells] = np.minimum(until, self._staff.spells["end"][spells].astype(np.int64) - 1)
        self._first[spells], self._last[spells] = first, last
