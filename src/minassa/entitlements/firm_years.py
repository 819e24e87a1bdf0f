"""Firm-years: accounts, certificates, ranks of years and headcounts, for the conditions that bear on the firm."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.firm_months import base_headcounts
from minassa.entitlements.firms import NO_CERTIFICATE, identities
from minassa.entitlements.stays import month_of_date
from minassa.entitlements.ties import in_order

OUTSIDE_ANNEX_1 = "HORS"
KEYS = ["affiliation", "year"]
SKILLED = 5
"""From CNC level 5 on, a post counts as skilled (our own threshold, for the proposed condition on rising skills)."""
CARRIED = [
    "turnover_year",
    "export_turnover_year",
    "taxable_profit_year",
    "corporate_tax_year",
    "value_added_year",
    "training_spend_year",
]


def closed_accounts(accounts: pl.DataFrame) -> pl.DataFrame:
    """One row per firm and year of closing (of several, the last to close), with its month; a loss counts as 0."""
    return (
        in_order(accounts, "affiliation", "fiscal_year", "closes_on")
        .unique(["affiliation", "fiscal_year"], keep="last", maintain_order=True)
        .with_columns(pl.col("taxable_profit_year").clip(lower_bound=0))
        .select(
            "affiliation",
            pl.col("fiscal_year").cast(pl.Int32).alias("year"),
            month_of_date("closes_on").cast(pl.Int32).alias("accounts_closing_month"),
            *CARRIED,
            pl.col("file_id").alias("accounts_file_id"),
            pl.col("line").alias("accounts_line"),
        )
    )


def firm_years(
    sheets: pl.DataFrame, accounts: pl.DataFrame, heads: pl.DataFrame, spells: pl.DataFrame, until: int
) -> pl.DataFrame:
    """The frame `firm_year` of the offer, for every firm known and every year of the data."""
    first = int(heads["month"].min() or until) // 12  # type: ignore[arg-type]
    # One year more at the start, for what is carried forward from accounts closed before the data begin.
    years = pl.DataFrame({"year": list(range(first - 1, until // 12 + 1))}, schema={"year": pl.Int32})
    everyone = pl.concat([heads["affiliation"], sheets["affiliation"]]).unique().sort().to_frame()
    closed = _from_year(closed_accounts(accounts), first - 1)
    grid = everyone.join(years, how="cross").join(closed, on=KEYS, how="left", maintain_order="left")
    grid = _carried(grid).join(identities(sheets), on="affiliation", how="left", maintain_order="left")
    grid = _dated(grid, until)
    tables = (_heads_at(heads), _skilled_at(spells, until), _most(spells), base_headcounts(heads))
    for table in tables:
        keys = KEYS if "year" in table.columns else KEYS[:1]
        grid = grid.join(table, on=keys, how="left", maintain_order="left")
    return _previous(grid).filter(pl.col("year") >= first)


def _from_year(closed: pl.DataFrame, year: int) -> pl.DataFrame:
    """The accounts from a year on; of those closed earlier, each firm's last ones, as of that year."""
    late = pl.max_horizontal("year", pl.lit(year, pl.Int32)).alias("year")
    return closed.with_columns(late).unique(KEYS, keep="last", maintain_order=True)


def _carried(grid: pl.DataFrame) -> pl.DataFrame:
    """Accounts of the year, else the last known ones carried forward, else zeros; two flags say which."""
    filled = grid.sort(KEYS).with_columns(
        pl.col("accounts_file_id").is_not_null().alias("accounts_filed"),
        *(pl.col(n).forward_fill().over("affiliation") for n in (*CARRIED, "accounts_file_id", "accounts_line")),
    )
    return filled.with_columns(pl.col("accounts_file_id").is_not_null().alias("accounts_known")).with_columns(
        *(pl.col(n).fill_null(0) for n in (*CARRIED, "accounts_file_id", "accounts_line")),
    )


def _age(certificate: str, at: pl.Expr) -> pl.Expr:
    months = (at - month_of_date(certificate)).clip(lower_bound=0)
    return months.fill_null(NO_CERTIFICATE).cast(pl.Int64)


def _dated(grid: pl.DataFrame, until: int) -> pl.DataFrame:
    december = (pl.col("year") * 12 + 11).cast(pl.Int32)
    closing = pl.coalesce("accounts_closing_month", december)
    at = pl.min_horizontal(closing, pl.lit(until, pl.Int32))
    started = pl.col("started_on").dt.year()
    settled = pl.max_horizontal(started, pl.col("installed_on").dt.year())
    return grid.with_columns(
        closing.alias("closing_month"),
        (pl.col("year") - settled + 1).fill_null(1).cast(pl.Int64).alias("activity_year"),
        (pl.col("year") - started + 1).fill_null(1).cast(pl.Int64).alias("operation_year"),
        (pl.col("activity").is_not_null() & (pl.col("activity") != OUTSIDE_ANNEX_1)).alias("listed_activity"),
        _age("tax_certificate_on", at).alias("tax_certificate_age_months"),
        _age("social_certificate_on", at).alias("social_certificate_age_months"),
        pl.col("regime").fill_null(0).cast(pl.Int64).alias("convention_regime"),
        pl.col("sheet_file_id").fill_null(0),
        pl.col("sheet_line").fill_null(0),
    ).drop("accounts_closing_month")


def _heads_at(heads: pl.DataFrame) -> pl.DataFrame:
    return (
        heads.with_columns((pl.col("month") // 12).cast(pl.Int32).alias("year"))
        .sort("affiliation", "month")
        .group_by(KEYS, maintain_order=True)
        .agg(pl.col("headcount_month").last().alias("headcount_year"))
    )


def _at_year_ends(spells: pl.DataFrame, until: int) -> pl.DataFrame:
    """Spells in post at the end of each year known (or in the last month known), one row per spell and year."""
    first = int(spells["first_month"].min() or until) // 12  # type: ignore[arg-type]
    parts = []
    for year in range(first, until // 12 + 1):
        at = min(year * 12 + 11, until)
        inside = spells.filter((pl.col("first_month") <= at) & (pl.col("last_month") >= at))
        parts.append(inside.with_columns(pl.lit(year, pl.Int32).alias("year")))
    return pl.concat(parts)


def _skilled_at(spells: pl.DataFrame, until: int) -> pl.DataFrame:
    rows = spells.select("affiliation", "first_month", "last_month", "qualification")
    return (
        _at_year_ends(rows, until)
        .group_by(KEYS)
        .agg((pl.col("qualification") >= SKILLED).sum().cast(pl.Int64).alias("skilled_headcount_year"))
    )


def _most(spells: pl.DataFrame) -> pl.DataFrame:
    """Place and filière of most of a firm's staff over the data: the lowest code where two are even."""
    tables = []
    for name in ("place", "filiere"):
        counted = spells.group_by("affiliation", name).agg(pl.len().alias("n"))
        counted = counted.sort(["affiliation", "n", name], descending=[False, True, False])
        tables.append(counted.group_by("affiliation", maintain_order=True).agg(pl.col(name).first()))
    return tables[0].join(tables[1], on="affiliation", how="full", coalesce=True)


def _previous(grid: pl.DataFrame) -> pl.DataFrame:
    counts = ["headcount_year", "skilled_headcount_year", "headcount_base"]
    grid = grid.with_columns(pl.col(c).fill_null(0) for c in counts if c in grid.columns)

    def before(column: str) -> pl.Expr:
        return pl.col(column).shift(1).over("affiliation", order_by="year").fill_null(0)

    return grid.sort(KEYS).with_columns(
        before("headcount_year").alias("previous_headcount_year"),
        before("skilled_headcount_year").alias("previous_skilled_headcount_year"),
        before("value_added_year").alias("previous_value_added_year"),
        pl.col("place").fill_null(0).cast(pl.Int16),
        pl.col("filiere").fill_null(0).cast(pl.Int8),
    )
