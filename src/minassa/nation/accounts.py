"""The yearly accounts of the invented firms: turnover follows payroll, exports follow turnover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.firms import MONTHS_A_YEAR, Firms
from minassa.nation.plan import yearly_pay
from minassa.nation.streams import BASIS, stream
from minassa.vocabulary.periods import month_number
from minassa.vocabulary.rounding import Direction, divide

_ARTICLE = "minassa-default#comptes-fictifs"
_CENTIMES = 100
_QUIETEST, _BUSIEST = 9_700, 10_300
_OVERHEAD = 500
_MOST_PROFIT = 8_000
_MOST_VALUE = 9_500
_LEAST_TRAINING, _MOST_TRAINING = 40, 260


@dataclass(frozen=True)
class Books:
    """A fiscal year of a firm, from month `opening` to month `closing` (counted from the first); centimes."""

    opening: int
    closing: int
    turnover: int
    export: int
    profit: int
    tax: int
    value_added: int
    training: int


class Accounting:
    """The accounts of the firms of a basin, those of the fiscal years before the simulation included."""

    def __init__(self, firms: Firms, payroll: NDArray[np.int64], start: int, seed: int, basin: int) -> None:
        """Take the gross pay of each firm and month, in centimes."""
        self._firms, self._start = firms, start
        rng = stream(seed, "accounts", basin)
        self._back = 2 * MONTHS_A_YEAR
        earlier = _earlier_payroll(firms, self._back)
        self._payroll = np.concatenate((earlier, payroll), axis=1)
        months = np.arange(self._payroll.shape[1]) - self._back
        noise = rng.integers(_QUIETEST, _BUSIEST + 1, payroll.shape)
        noise = np.concatenate((np.full(earlier.shape, BASIS), noise), axis=1)
        # Two divisions: the product of the three would not fit in 64 bits for the largest firms.
        paid = divide(self._payroll * firms.markup[:, None], BASIS, Direction.HALF_UP, _ARTICLE)
        self._turnover = divide(paid * noise, BASIS, Direction.HALF_UP, _ARTICLE)
        last = max(1, payroll.shape[1] - 1)
        way = np.clip(months, 0, last)
        share = firms.export_first[:, None] + (firms.export_last - firms.export_first)[:, None] * way // last
        self._export = divide(self._turnover * share, BASIS, Direction.HALF_UP, _ARTICLE)
        self._training = rng.integers(_LEAST_TRAINING, _MOST_TRAINING + 1, len(firms))
        self._swing = rng.integers(-300, 301, (len(firms), self._payroll.shape[1] // MONTHS_A_YEAR + 2))

    def years(self, firm: int, months: int) -> Iterator[Books]:
        """Yield the fiscal years of a firm that close in the first `months` months or in the twelve before them."""
        firms = self._firms
        first = max(-MONTHS_A_YEAR, int(firms.started[firm]))
        end = min(months - 1, int(firms.closes[firm]))
        for closing in range(first, end + 1):
            if month_number(self._start + closing) == firms.closing_month[firm]:
                yield self._books(firm, max(closing - MONTHS_A_YEAR + 1, int(firms.started[firm])), closing)

    def _books(self, firm: int, opening: int, closing: int) -> Books:
        span = slice(max(opening + self._back, 0), closing + self._back + 1)
        turnover, export = int(self._turnover[firm, span].sum()), int(self._export[firm, span].sum())
        payroll = int(self._payroll[firm, span].sum())
        rank = (closing + self._back) // MONTHS_A_YEAR
        margin = int(self._firms.margin[firm] + self._swing[firm, rank])
        staff = payroll + _part(payroll, calibration().employer_contribution.value)
        profit = _profit(turnover, staff, margin)
        return Books(
            opening=opening,
            closing=closing,
            turnover=turnover,
            export=export,
            profit=profit,
            tax=self._tax(firm, closing, profit),
            value_added=min(staff + max(profit, 0) + _part(turnover, _OVERHEAD), _part(turnover, _MOST_VALUE)),
            training=_part(payroll, int(self._training[firm])),
        )

    def _tax(self, firm: int, closing: int, profit: int) -> int:
        """Return the corporate tax: none in the first five fiscal years, nor on a loss."""
        figures = calibration()
        elapsed = closing - int(self._firms.started[firm])
        years = elapsed // MONTHS_A_YEAR + 1
        if years <= figures.exempt_years.value or profit <= 0:
            return 0
        large = profit >= figures.large_profit.value * _CENTIMES
        return _part(profit, (figures.corporate_tax_large if large else figures.corporate_tax).value)


def _profit(turnover: int, staff: int, margin: int) -> int:
    """Return the profit of a year: the margin of the firm, and never more than most of what staff costs leave."""
    wanted = _part(turnover, abs(margin)) * (1 if margin >= 0 else -1)
    left = turnover - staff
    return min(wanted, _part(left, _MOST_PROFIT) if left > 0 else left)


def _part(amount: int, basis_points: int) -> int:
    return divide(amount * basis_points, BASIS, Direction.HALF_UP, _ARTICLE)


def _earlier_payroll(firms: Firms, months: int) -> NDArray[np.int64]:
    """Return the pay of the months before the first one, as the plan expects it; nothing before activity starts."""
    yearly = np.array([yearly_pay(int(filiere)) for filiere in firms.filiere])
    yearly = yearly * np.where(firms.thirteenth, 13, 12) / 12 * np.where(firms.opens == 0, firms.size, 0)
    monthly = (yearly * _CENTIMES / MONTHS_A_YEAR).astype(np.int64)
    when = np.arange(-months, 0)
    return np.where(when[None, :] >= firms.started[:, None], monthly[:, None], 0)
