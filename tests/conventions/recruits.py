"""The recruits of an invented firm as they are known in April 2026 and in June 2027: one has left, one has stayed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from minassa.entitlements.runs import Run, run
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import last_day, month_index
from tests.steering.country import FIRST_FIRM, SCHEMAS, UNTIL, Country, country

EARLY = month_index(2026, 4)
STABLE = "2027-03"
"""The month in which the recruit who stays reaches the eighteenth."""


@dataclass(frozen=True)
class Recruits:
    """The declarations, the two runs on them, and two hires of the first firm: (person, month of hiring)."""

    tables: Country
    early: Run
    late: Run
    stays: tuple[int, int]
    leaves: tuple[int, int]
    kept: int


def recruited(folder: Path) -> Recruits:
    made = country()
    day = last_day(EARLY)
    known = [row for row in made.rows["staff_lines"] if row["hired_on"] <= day]
    for row in known:
        left = row["left_on"] if row["left_on"] is not None and row["left_on"] <= day else None
        made.rows["staff_lines"].append({**row, "as_of_month": EARLY, "left_on": left})
    versions = dict.fromkeys(SCHEMAS, 1)
    early = run(made, versions, load_offer(), folder / "runs" / "calcul-0001", EARLY)
    late = run(made, versions, load_offer(), folder / "runs" / "calcul-0002", UNTIL)
    hires = late.table("hire").filter(
        pl.col("affiliation") == FIRST_FIRM, pl.col("hired_month") >= month_index(2025, 7)
    )
    rows = {row["person"]: row for row in hires.collect().iter_rows(named=True)}
    stays = next(row for row in rows.values() if row["pae_entitled"])
    leaves = next(
        row for row in rows.values() if row["left"] and row["hired_month"] + 3 <= EARLY < row["spell_end_month"]
    )
    return Recruits(
        made,
        early,
        late,
        (stays["person"], stays["hired_month"]),
        (leaves["person"], leaves["hired_month"]),
        leaves["declared_months_in_post"],
    )
