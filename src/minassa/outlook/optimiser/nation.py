"""The cells of a run: what the premiums of its last whole year were counted on, the payroll and the headcount."""

from __future__ import annotations

import polars as pl

from minassa.engine import Offer
from minassa.entitlements.runs import Run
from minassa.outlook.optimiser.choices import Cell
from minassa.outlook.trajectory import region_of_place
from minassa.vocabulary.periods import MONTHS_A_YEAR, month_index
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

KEYS = ("filiere", "region")


def cells_of_run(run: Run, offer: Offer) -> tuple[Cell, ...]:
    """The cells with payroll, by filière then region. The base of a premium is its amounts divided by its rate."""
    year = (run.until + 1) // MONTHS_A_YEAR - 1
    rates = {name: _rate(offer, f"{name}_rate", month_index(year, MONTHS_A_YEAR)) for name in ("pae", "paf")}
    regions = region_of_place().alias("region")
    paid = run.table("employee_period").filter(pl.col("year") == year).with_columns(regions).group_by(KEYS)
    heads = run.table("firm_month").filter(pl.col("month") == month_index(year, MONTHS_A_YEAR)).with_columns(regions)
    amounts = run.table("amounts").filter("entitled", pl.col("period_end") // MONTHS_A_YEAR == year)
    sums = (
        amounts.with_columns(regions)
        .group_by(KEYS)
        .agg(pl.col("amount_cents").filter(pl.col("measure") == name).sum().alias(name) for name in ("pae", "paf"))
    )
    rows = (
        paid.agg(pl.col("gross_taxable_income_period").sum().alias("payroll"))
        .join(heads.group_by(KEYS).agg(pl.col("headcount_month").sum().alias("headcount")), on=KEYS, how="left")
        .join(sums, on=KEYS, how="left")
        .fill_null(0)
        .filter(pl.col("payroll") > 0)
        .sort(KEYS)
        .collect()
    )
    return tuple(
        Cell(
            filiere=row["filiere"],
            region=row["region"],
            pae_base_year=_base(row["pae"], rates["pae"]),
            paf_base_year=_base(row["paf"], rates["paf"]),
            payroll_year=row["payroll"],
            headcount=row["headcount"],
            pae_rate=rates["pae"],
            paf_rate=rates["paf"],
        )
        for row in rows.iter_rows(named=True)
    )


def _rate(offer: Offer, name: str, month: int) -> int:
    """The rate of a premium in a month, in basis points; 0 when it has none then."""
    held = offer.figures[name].at(month)
    return int(held.value) if held is not None and isinstance(held.value, int) else 0


def _base(cents: int, rate: int) -> int:
    return divide(cents * BASIS_POINTS, rate, Direction.HALF_UP, "minassa-default#optimiseur") if rate else 0
