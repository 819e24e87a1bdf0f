"""The small table that every indicator is read from: sums of a run by month, filière, place and size of the firm.

It is made once after a run. Sums of different sources stand beside each other: none is computed here that another
package already gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Final

import polars as pl

from minassa.entitlements.runs import Run
from minassa.outlook.trajectory import series
from minassa.steering.indicators.parameters import choices
from minassa.vocabulary.places import places
from minassa.vocabulary.statuses import Status

KEYS: Final = ("month", "filiere", "place", "size")
SHAPE: Final = 2
"""Version of the table: one of another shape is made again."""
RANK: Final = "rank_"
"""Beginning of the columns that hold a rank of statuses: the weakest counts, they are never added up."""
FOOTING: Final = "footing_"
"""Beginning of the columns of what is due by rank of its status, 0 being the surest."""
WOMAN: Final = 1
MONTHS: Final = 12
_TYPES: Final = {"month": pl.Int32, "filiere": pl.Int8, "place": pl.Int16, "size": pl.Int8}


def cube_of(run: Run) -> pl.DataFrame:
    """The table of a run: `KEYS`, then sums (jobs, persons, centimes; null where the source tells nothing there).

    `size` is the class of the firm's headcount in the last month known (0: nobody is declared any more).
    """
    sizes = firm_sizes(run)
    parts = [_jobs(run, sizes), _people(run, sizes), *_wages_and_accounts(run, sizes), _amounts(run, sizes)]
    parts += _signs(run, sizes)
    keys = [pl.col(name).cast(kind).fill_null(0) for name, kind in _TYPES.items()]
    typed = [part.with_columns(keys) for part in parts]
    joined = reduce(lambda left, right: left.join(right, on=KEYS, how="full", coalesce=True), typed)
    return joined.sort(KEYS)


def firm_sizes(run: Run) -> pl.DataFrame:
    """The class of each firm (`affiliation`, `size`) by its headcount in the last month known."""
    last = run.table("firm_month").filter(pl.col("month") == run.until)
    heads = pl.col("headcount_month")
    classed = pl.sum_horizontal((heads >= floor).cast(pl.Int8) for floor in choices().size_classes.numbers)
    return last.select("affiliation", classed.cast(pl.Int8).alias("size")).collect()


def _jobs(run: Run, sizes: pl.DataFrame) -> pl.DataFrame:
    """The monthly series of the road to 130,000, cut finer; jobs outside P2I and in filières of knowledge apart."""
    p2i = [place.code for place in places() if place.kind == "p2i"]
    known, skilled = pl.col("place") > 0, pl.col("filiere").is_in(choices().skilled_filieres.numbers)
    found = series(run.table("firm_month").join(sizes.lazy(), on="affiliation", how="left"), KEYS[1:])
    return found.with_columns(
        (pl.col("headcount") * (known & ~pl.col("place").is_in(p2i))).alias("regions_headcount"),
        (pl.col("headcount") * skilled).alias("skilled_headcount"),
    )


def _people(run: Run, sizes: pl.DataFrame) -> pl.DataFrame:
    """People in post by month whose sex or year of birth the register tells, women and young among them."""
    spells = run.table("spells").select("affiliation", "first_month", "last_month", "sex", "birth_year", *KEYS[1:3])
    held = spells.join(sizes.lazy(), on="affiliation", how="left").with_columns(
        (pl.col("last_month") + 1).alias("left"),
        ((pl.col("birth_year").cast(pl.Int32) + choices().young_below_years.number) * MONTHS).alias("grown"),
    )
    sexed, aged = held.filter(pl.col("sex") != 0), held.filter(pl.col("birth_year") > 0)
    young = aged.filter(pl.col("grown") > pl.col("first_month"))
    counted = {
        "known_sex": _in_post(sexed),
        "women": _in_post(sexed.filter(pl.col("sex") == WOMAN)),
        "known_age": _in_post(aged),
        "young": _in_post(young.with_columns(pl.min_horizontal("left", "grown").alias("left"))),
    }
    changes = pl.concat(
        (rows.select(*KEYS, pl.lit(name).alias("what"), "change") for name, rows in counted.items())
    ).collect(engine="streaming")
    return _stocks(changes, list(counted), run.until)


def _in_post(rows: pl.LazyFrame) -> pl.LazyFrame:
    """One more in the first month, one less in the month after the last."""
    came = rows.select(pl.col("first_month").alias("month"), *KEYS[1:], pl.lit(1).alias("change"))
    went = rows.select(pl.col("left").alias("month"), *KEYS[1:], pl.lit(-1).alias("change"))
    return pl.concat([came, went]).group_by(KEYS).agg(pl.col("change").sum())


def _stocks(changes: pl.DataFrame, names: list[str], until: int) -> pl.DataFrame:
    """Changes added up month after month in each cell, to the last month known."""
    wide = changes.pivot("what", index=KEYS, values="change", aggregate_function="sum")
    wide = wide.with_columns(pl.lit(0, pl.Int64).alias(name) for name in names if name not in wide.columns)
    first = min(wide["month"].to_list(), default=until)
    months = pl.DataFrame({"month": range(first, until + 1)}, schema={"month": pl.Int32})
    grid = wide.select(KEYS[1:]).unique().join(months, how="cross")
    full = grid.join(wide, on=KEYS, how="left", nulls_equal=True).sort(KEYS)
    so_far = (pl.col(name).fill_null(0).cum_sum().over(KEYS[1:], order_by="month") for name in names)
    return full.select(*KEYS, *so_far)


def _wages_and_accounts(run: Run, sizes: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Income and months worked by the end of the period; what filed accounts say, in the month of their closing."""
    last = pl.lit(run.until, pl.Int32)
    periods = run.table("employee_period").join(sizes.lazy(), on="affiliation", how="left")
    yield (
        periods.group_by(pl.min_horizontal("period_end", last).alias("month"), *KEYS[1:])
        .agg(
            pl.col("gross_taxable_income_period").sum().alias("income"),
            pl.col("months_worked_period").cast(pl.Int64).sum().alias("months_worked"),
        )
        .collect(engine="streaming")
    )
    filed = run.table("firm_year").filter("accounts_filed").join(sizes.lazy(), on="affiliation", how="left")
    yield (
        filed.group_by(pl.col("closing_month").alias("month"), *KEYS[1:])
        .agg(
            pl.col("export_turnover_year").sum().alias("export_turnover"),
            pl.col("value_added_year").sum().alias("value_added"),
            pl.col("headcount_year").sum().alias("accounts_headcount"),
            pl.len().cast(pl.Int64).alias("accounts_filed"),
        )
        .collect()
    )


def _amounts(run: Run, sizes: pl.DataFrame) -> pl.DataFrame:
    """What is due by measure, in the last month of its period that is known, and the weakest status behind it."""
    due = run.table("amounts").filter("entitled").join(sizes.lazy(), on="affiliation", how="left")
    month = pl.min_horizontal("period_end", pl.lit(run.until, pl.Int32)).alias("month")
    cents = pl.col("amount_cents")
    rows = (
        due.group_by(month, *KEYS[1:], "measure")
        .agg(
            cents.sum().alias("due"),
            cents.filter("provisional").sum().alias("provisional"),
            pl.col("status").filter(cents > 0).max().alias("rank"),
            *(cents.filter(pl.col("status") == rank).sum().alias(f"{FOOTING}{rank}") for rank in range(len(Status))),
        )
        .collect(engine="streaming")
    )
    measures = sorted(run.manifest["totals"])
    sums = [
        column
        for measure in measures
        for mine in [pl.col("measure") == measure]
        for column in (
            pl.col("due").filter(mine).sum().alias(f"due_{measure}"),
            pl.col("rank").filter(mine).max().alias(f"{RANK}{measure}"),
        )
    ]
    return rows.group_by(KEYS).agg(
        pl.col("due").sum(),
        pl.col("provisional").sum(),
        pl.col("^footing_.*$").sum(),
        pl.col("rank").max().alias(f"{RANK}due"),
        *sums,
    )


def _signs(run: Run, sizes: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Discrepancies between sources by the end of their year, and signs of what looks like a new job and is not."""
    where = run.table("firm_month").filter(pl.col("month") == run.until).select("affiliation", "place", "filiere")
    firms = where.join(sizes.lazy(), on="affiliation", how="left")
    year_end = pl.min_horizontal(pl.col("year") * MONTHS + MONTHS - 1, pl.lit(run.until, pl.Int32)).alias("month")
    confronted = run.table("discrepancies").with_columns(year_end).join(firms, on="affiliation", how="left")
    yield (
        confronted.group_by(KEYS)
        .agg(
            pl.len().cast(pl.Int64).alias("discrepancies"),
            pl.col("effect_cents").abs().sum().alias("discrepancy_effect"),
        )
        .collect()
    )
    found = run.table("irregularities").join(firms, on="affiliation", how="left")
    yield found.group_by(KEYS).agg(pl.len().cast(pl.Int64).alias("irregularities")).collect()
