"""Months as whole numbers (year x 12 + month - 1), and spans of whole months."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from minassa.vocabulary.errors import MinassaError

MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3

_MONTH_TEXT = re.compile(r"(?P<year>[0-9]{4})-?(?P<month>[0-9]{2})")

_MONTHS_FR = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


class PeriodError(MinassaError):
    """A month or a period that does not exist or cannot be read."""

    code = "period-invalid"


def month_index(year: int, month: int) -> int:
    """Return the index of a month (month 1 to 12); PeriodError when the calendar has no such month."""
    if not (1 <= month <= MONTHS_A_YEAR and date.min.year <= year <= date.max.year):
        message = f"Le mois {month} de l'année {year} n'existe pas."
        raise PeriodError(message)
    return year * MONTHS_A_YEAR + month - 1


def month_of(day: date) -> int:
    """Return the index of the month of a day."""
    return month_index(day.year, day.month)


def parse_month(text: str) -> int:
    """Read `2025-07` or `202507`, spaces around allowed; PeriodError otherwise."""
    read = _MONTH_TEXT.fullmatch(text.strip())
    if read is None:
        message = "Mois illisible : écrivez l'année puis le mois, par exemple 2025-07 ou 202507."
        raise PeriodError(message)
    return month_index(int(read["year"]), int(read["month"]))


def format_month(index: int) -> str:
    """Write a month as `2025-07`."""
    return f"{year_of(index):04d}-{month_number(index):02d}"


def month_label_fr(index: int) -> str:
    """Write a month for people, in French: `juillet 2025`."""
    return f"{_MONTHS_FR[month_number(index) - 1]} {year_of(index)}"


def year_of(index: int) -> int:
    """Return the calendar year of a month."""
    return index // MONTHS_A_YEAR


def month_number(index: int) -> int:
    """Return the rank of a month in its year, 1 to 12."""
    return index % MONTHS_A_YEAR + 1


def first_day(index: int) -> date:
    """Return the first day of a month."""
    return date(year_of(index), month_number(index), 1)


def last_day(index: int) -> date:
    """Return the last day of a month."""
    year, month = year_of(index), month_number(index)
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months from `first` to `last`, both included; PeriodError when it ends before it begins."""

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            message = f"La période finit ({format_month(self.last)}) avant de commencer ({format_month(self.first)})."
            raise PeriodError(message)

    @property
    def months(self) -> range:
        """The months of the period, in order; `len(period.months)` is its length."""
        return range(self.first, self.last + 1)

    def contains(self, index: int) -> bool:
        """Tell whether a month belongs to the period."""
        return self.first <= index <= self.last

    def overlap(self, other: Period) -> Period | None:
        """Return the months the two periods share, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None


def year_period(year: int) -> Period:
    """Return the twelve months of a calendar year."""
    return Period(month_index(year, 1), month_index(year, MONTHS_A_YEAR))


def quarter(index: int) -> Period:
    """Return the calendar quarter that holds a month."""
    first = index - index % MONTHS_A_QUARTER
    return Period(first, first + MONTHS_A_QUARTER - 1)


def fiscal_year(closes_on: date) -> int:
    """Return the year that names a fiscal year: the one in which it closes."""
    return closes_on.year


def fiscal_period(opens_on: date, closes_on: date) -> Period:
    """Return the months that a fiscal year touches; PeriodError when it closes before it opens."""
    return Period(month_of(opens_on), month_of(closes_on))
