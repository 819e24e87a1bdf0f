"""What of an amount no doubt about pay touches: the offer on the lower income where two sources of it are at odds.

Two doubts have an amount. A statement that says more than CNSS: the amounts if CNSS were right. Pay that falls after
the months on which the premium for jobs is reckoned: the premium on the pay that followed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from minassa.engine import Offer
from minassa.entitlements.amounts import amounts
from minassa.entitlements.computation import computed
from minassa.entitlements.frames import Frames
from minassa.entitlements.hires import reference_incomes
from minassa.entitlements.periods import SPELL, YEAR

KEYS: Final = ["measure", "affiliation", "person", "period_start", "hired_month"]
INCOME: Final = "gross_taxable_income_period"
REFERENCE: Final = "gross_taxable_income_first_12_months"
RAISED: Final = "raised_reference"


def overstated(discrepancies: pl.DataFrame | pl.LazyFrame) -> pl.LazyFrame:
    """The disagreements of income in which the statement says more than CNSS: those that make an amount larger."""
    return discrepancies.lazy().filter(pl.col("kind") == "income", pl.col("value_b") > pl.col("value_a"))


def undoubted(
    offer: Offer, built: Frames, table: pl.DataFrame, discrepancies: pl.DataFrame, irregularities: pl.DataFrame
) -> pl.DataFrame:
    """Amounts of a run that would be lower without what is in doubt: `KEYS` and `undoubted_cents`, centimes.

    `table` are the amounts of the run. An amount that has no row here owes nothing to either doubt.
    """
    years = overstated(discrepancies).select(YEAR).unique().collect()
    raised = irregularities.filter(pl.col("kind") == RAISED)
    lower = _lower(built, years, raised)
    found = amounts(offer, computed(offer, lower)).select(
        *KEYS, pl.when("entitled").then("amount_cents").otherwise(0).alias("undoubted_cents")
    )
    asked = table.filter("entitled").select(*KEYS, "amount_cents")
    both = asked.join(found, on=KEYS, how="inner").filter(pl.col("undoubted_cents") < pl.col("amount_cents"))
    return both.drop("amount_cents").sort(KEYS)


def _lower(built: Frames, years: pl.DataFrame, raised: pl.DataFrame) -> Frames:
    """The frames of the persons concerned alone, with the lower of their incomes."""
    persons = pl.concat([years.select(YEAR[:2]), raised.select(YEAR[:2])]).unique()
    periods = built.employee_period.join(persons, on=YEAR[:2], how="semi", maintain_order="left")
    told = years.with_columns(pl.lit(value=True).alias("over"))
    joined = periods.join(told, on=YEAR, how="left", maintain_order="left")
    income = pl.when(pl.col("over").fill_null(value=False)).then("salary_period").otherwise(INCOME).alias(INCOME)
    lowered = joined.with_columns(income).drop("over")
    hire = built.hire.join(persons, on=YEAR[:2], how="semi", maintain_order="left")
    return replace(
        built,
        employee_period=lowered,
        hire=_references(hire, lowered, raised),
        firm_month=built.firm_month.clear(),
    )


def _references(hire: pl.DataFrame, periods: pl.DataFrame, raised: pl.DataFrame) -> pl.DataFrame:
    """Hires with the reference income that the periods give, in proportion to the pay that followed where it fell."""
    fallen = raised.select(
        *SPELL[:2], pl.col("month").alias(SPELL[2]), pl.col("evidence_a", "evidence_b").cast(pl.Int128)
    )
    rows = hire.drop(REFERENCE).join(reference_incomes(periods), on=SPELL, how="left", maintain_order="left")
    rows = rows.join(fallen, on=SPELL, how="left", maintain_order="left")
    whole = pl.col(REFERENCE).fill_null(0)
    part = whole.cast(pl.Int128) * pl.col("evidence_b") // pl.col("evidence_a")
    return rows.with_columns(
        pl.when(pl.col("evidence_a") > 0).then(part.cast(pl.Int64)).otherwise(whole).alias(REFERENCE)
    ).select(hire.columns)
