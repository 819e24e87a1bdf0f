"""What a report covers: a month, a quarter or a year, told by the month in which it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.vocabulary.periods import first_day, format_month, year_of
from minassa.web import writing
from minassa.web.public.pages import language

QUARTER: Final = 3
YEAR: Final = 12
MONTHS_BACK: Final = 24
"""Months of which a note can be made: what is older stands in the yearly reports."""


class Kind(StrEnum):
    """The reports of the platform, by how often each is made."""

    MONTH = "mois"
    QUARTER = "trimestre"
    YEAR = "annee"
    REVIEW = "bilan"
    """Of the contract-programme: kept when it is made, never made again by itself."""


TITLES: Final = {
    Kind.MONTH: gettext_lazy("Note mensuelle"),
    Kind.QUARTER: gettext_lazy("Rapport trimestriel"),
    Kind.YEAR: gettext_lazy("Rapport annuel"),
    Kind.REVIEW: gettext_lazy("Bilan annuel du contrat-programme"),
}
LENGTHS: Final = {Kind.MONTH: 1, Kind.QUARTER: QUARTER, Kind.YEAR: YEAR, Kind.REVIEW: YEAR}
"""Months that a report covers."""
_YEARLY: Final = (Kind.YEAR, Kind.REVIEW)


@dataclass(frozen=True, slots=True)
class Period:
    """A report to be made: its kind, and the last month it covers (an index)."""

    kind: Kind
    until: int

    @property
    def first(self) -> int:
        """The first month it covers."""
        return self.until - LENGTHS[self.kind] + 1

    @property
    def name(self) -> str:
        """The period in an address and in a reference: `2026-09`, `2026-T3`, `2026`."""
        if self.kind == Kind.MONTH:
            return format_month(self.until)
        year = str(year_of(self.until))
        return year if self.kind in _YEARLY else f"{year}-T{self.until % YEAR // QUARTER + 1}"

    @property
    def title(self) -> str:
        """What the report is called."""
        return str(TITLES[self.kind])

    @property
    def words(self) -> str:
        """The period in words."""
        if self.kind == Kind.MONTH:
            return writing.month(first_day(self.until), language())
        year = year_of(self.until)
        if self.kind in _YEARLY:
            return str(year)
        return _("trimestre %(number)s de %(year)s") % {"number": self.until % YEAR // QUARTER + 1, "year": year}


def periods(first: int, last: int) -> list[Period]:
    """Every report that can be made from months known from `first` to `last`, newest first, whole periods alone."""
    months = _of(Kind.MONTH, max(first, last - MONTHS_BACK + 1), last)
    return [*months, *_of(Kind.QUARTER, first, last), *_of(Kind.YEAR, first, last)]


def period_named(kind: str, name: str, first: int, last: int) -> Period | None:
    """The report of a kind under a name; None where no such report can be made."""
    return next((one for one in periods(first, last) if (one.kind, one.name) == (kind, name)), None)


def _of(kind: Kind, first: int, last: int) -> Iterator[Period]:
    for until in range(last, first - 1, -1):
        one = Period(kind, until)
        if (until + 1) % LENGTHS[kind] == 0 and one.first >= first:
            yield one
