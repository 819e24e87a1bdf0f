"""Jobs that conventions in force promise, year by year, beside what is projected: a series ahead of declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from minassa.conventions.public import promised_jobs
from minassa.vocabulary.periods import format_month, parse_month
from minassa.web.public.home import month_words

MONTHS: Final = 12


def told_promises(figures: Mapping[str, Any], until: int) -> dict[str, Any]:
    """A row for each December to the end of the programme; what is projected of it is None for a history too short.

    `gained`: jobs that the projection says beyond those of the last month.
    """
    last = parse_month(figures["path"][-1]["month"])
    months = [month for month in range(until + 1, last + 1) if month % MONTHS == MONTHS - 1]
    ahead = {parse_month(row["month"]): int(row["headcount"]) for row in figures["projection"]}
    now = figures["months"][-1]["headcount"]
    number, promised = promised_jobs(months, until)
    return {
        "conventions": number,
        "rows": [
            {
                "words": month_words(format_month(told.month)),
                "headcount": ahead.get(told.month),
                "gained": ahead[told.month] - now if told.month in ahead else None,
                "told": told,
            }
            for told in promised
        ],
    }
