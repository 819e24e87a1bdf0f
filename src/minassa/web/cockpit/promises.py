"""Jobs that conventions in force promise, year by year, beside what is projected: a series ahead of declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minassa.conventions.public import promised_jobs
from minassa.vocabulary.periods import parse_month
from minassa.web.public.home import month_words


def told_promises(figures: Mapping[str, Any], until: int) -> dict[str, Any]:
    """Rows of each December of the published projection; `gained`: jobs it says beyond those of the last month."""
    rows = [row for row in figures["projection"] if row["month"].endswith("-12")]
    now = figures["months"][-1]["headcount"]
    number, promised = promised_jobs((parse_month(row["month"]) for row in rows), until)
    return {
        "conventions": number,
        "rows": [
            {
                "words": month_words(row["month"]),
                "headcount": row["headcount"],
                "gained": row["headcount"] - now,
                "told": told,
            }
            for row, told in zip(rows, promised, strict=True)
        ],
    }
