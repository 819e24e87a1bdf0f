"""When claims opened in the story: at the end of each delay since the platform began, the former regimes' first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from minassa.claims.public import MEASURES, ClaimPeriod, complete_periods

BEGINS: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""The morning on which the invented platform began: claims that could have opened before open then."""
ONE_DAY: Final = timedelta(days=1)
SEED: Final = 20_260_105


@dataclass(frozen=True, slots=True)
class Opening:
    """The periods whose claims open on one day, and that day."""

    rank: int
    at: datetime
    periods: tuple[ClaimPeriod, ...]

    def day(self, number: int, hour: int = 0) -> datetime:
        """The moment so many days later, at that hour after the opening."""
        return self.at + timedelta(days=number, hours=hour)

    def chance(self, what: str) -> Random:
        """A draw that can be drawn again."""
        return Random(f"{SEED}-{self.at.date()}-{what}")  # noqa: S311 (a draw that can be drawn again)


def openings(since: int, until: int, now: datetime) -> list[Opening]:
    """The openings of claims before now, those of one month of the calendar together, from what is declared in months.

    In order: the last of the month gives its day.
    """
    found: dict[tuple[int, int], list[tuple[datetime, ClaimPeriod]]] = {}
    for measure in MEASURES:
        for period in complete_periods(measure, until, now):
            opened = max(period.opens_at.astimezone(UTC) + ONE_DAY, BEGINS).replace(hour=9, minute=0)
            if period.first_month >= since and opened <= now:
                found.setdefault((opened.year, opened.month), []).append((opened, period))
    return [
        Opening(rank, max(day for day, _period in of_month), tuple(period for _day, period in of_month))
        for rank, (_month, of_month) in enumerate(sorted(found.items()))
    ]
