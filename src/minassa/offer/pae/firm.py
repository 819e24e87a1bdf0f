"""What the profession wishes of the firm itself: skills and value added that rise."""

from __future__ import annotations

from typing import Any

from minassa.engine import rule
from minassa.vocabulary.statuses import Status

WISH = ("apebi-interview", "minassa-default#conditionnalite")


@rule(
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=WISH,
    unit="boolean",
    status=Status.PROPOSED,
)
def skills_rising(
    skilled_headcount_year: Any,
    headcount_year: Any,
    previous_skilled_headcount_year: Any,
    previous_headcount_year: Any,
) -> Any:
    """The share of skilled jobs (CNC level 5 and more) is higher than a year before, or there was no staff then."""
    now, before = skilled_headcount_year, previous_skilled_headcount_year
    return (previous_headcount_year == 0) | (now * previous_headcount_year > before * headcount_year)


@rule(
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=WISH,
    unit="boolean",
    status=Status.PROPOSED,
)
def value_added_rising(value_added_year: Any, previous_value_added_year: Any) -> Any:
    """The value added of the fiscal year is higher than that of the year before (0 where unknown)."""
    return value_added_year > previous_value_added_year
