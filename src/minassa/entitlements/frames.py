"""From declared rows to the frames on which the offer is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from minassa.entitlements.bundles import ROWS_IN_A_BUNDLE, digested
from minassa.entitlements.firm_months import base_headcounts, firm_months
from minassa.entitlements.firm_years import firm_years
from minassa.entitlements.firms import groups, placed
from minassa.entitlements.hires import aid_months, hired_months, hires, left_posts
from minassa.entitlements.months import aliases
from minassa.entitlements.periods import SPELL, statements, with_statements
from minassa.entitlements.recruits import classified
from minassa.entitlements.sources import Sources
from minassa.entitlements.stays import stays, with_stays

FACTS = [
    "hired_month",
    "is_hire",
    "in_register",
    "moroccan",
    "contract",
    "establishment",
    "filiere",
    "qualification",
    "job_title",
    "other_aid_until_month",
    "transferred",
    "rehired",
    "replaces_leaver",
    "staff_file_id",
    "staff_line",
]


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of the offer, and the spells behind them."""

    firm_year: pl.DataFrame
    employee_period: pl.DataFrame
    hire: pl.DataFrame
    firm_month: pl.DataFrame
    spells: pl.DataFrame
    until: int

    def by_grain(self) -> dict[str, pl.DataFrame]:
        """The four frames under the names of their grains."""
        return {
            "firm_year": self.firm_year,
            "employee_period": self.employee_period,
            "hire": self.hire,
            "firm_month": self.firm_month,
        }


def frames(sources: Sources, cuts: Sequence[int], until: int, bundle: int = ROWS_IN_A_BUNDLE) -> Frames:
    """The frames as known at the end of the month `until`; years are cut at `cuts` (months where the law changed).

    `bundle` is how many lines are worked through at once; neither it nor the order of rows changes the frames.
    """
    known = sources.until(until)
    staff = known.staff.collect()
    sheets = known.firms.collect()
    digest = digested(known.cnss, aliases(staff), cuts, bundle)
    heads = digest.heads
    start = int(heads["month"].min() or until)  # type: ignore[arg-type]
    parts = with_statements(digest.periods, statements(known.dgi.collect()))
    every = _spells(digest.spells, staff, sheets, start)
    years = firm_years(sheets, known.accounts.collect(), heads, every, until)
    return Frames(
        firm_year=years,
        employee_period=_employee_periods(parts, every, sheets),
        hire=_with_base(hires(every, parts, heads, sheets), heads),
        firm_month=firm_months(heads, every, years, range(start, until + 1)),
        spells=every,
        until=until,
    )


def _spells(digested_spells: pl.DataFrame, staff: pl.DataFrame, sheets: pl.DataFrame, start: int) -> pl.DataFrame:
    found = left_posts(with_stays(digested_spells, stays(staff)))
    truth = classified(hired_months(found, start), groups(sheets))
    return placed(truth, sheets, "last_month").sort(SPELL)


def _with_base(rows: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    joined = rows.join(base_headcounts(heads), on="affiliation", how="left", maintain_order="left")
    return joined.with_columns(pl.col("headcount_base").fill_null(0))


def _employee_periods(parts: pl.DataFrame, every: pl.DataFrame, sheets: pl.DataFrame) -> pl.DataFrame:
    """Periods with the facts of their spell, placed where the establishment stands at the end of the period."""
    rows = parts.join(every.select(*SPELL, *FACTS), on=SPELL, how="left", maintain_order="left")
    rows = placed(rows, sheets, "period_end")
    first = pl.max_horizontal("period_start", "hired_month")
    return rows.with_columns(
        first.cast(pl.Int32).alias("from_month"),
        (pl.col("contract") == 1).alias("open_ended_contract"),
        pl.max_horizontal(pl.col("period_start") - pl.col("hired_month"), pl.lit(0))
        .cast(pl.Int64)
        .alias("tenure_months_at_start"),
        aid_months("other_aid_until_month", first, pl.col("last_month_declared")).alias("other_aid_months_period"),
    ).sort("affiliation", "person", "first_month", "period_start")
