"""Which deposited files are in effect: the last one of each key, and of registers the latest month of each employer."""

from __future__ import annotations

import polars as pl

from minassa.declarations.kinds import SIMPL_IR_9421, STAFF_REGISTER
from minassa.declarations.lake.tables import IN_EFFECT

CURRENT = "current"


def supersession_key(kind: str, *, affiliation: int, fiscal_id: int, period: str, complement: int) -> str:
    """The key under which a later file replaces an earlier one: kind, declarant, period, number of the complement.

    The declarant is the employer (CNSS affiliation); for a yearly return of salaries, which is made to the tax
    authority, the taxpayer (IF) when the file says it.
    """
    declarant = f"IF{fiscal_id}" if kind == SIMPL_IR_9421 and fiscal_id else str(affiliation)
    return f"{kind}:{declarant}:{period}:{complement}"


def last_of_key() -> pl.Expr:
    """Whether a deposit is accepted and no later one has its key. File numbers grow with time."""
    in_effect = pl.col("state") == IN_EFFECT
    last = pl.col("file_id").filter(in_effect).max().over("supersession_key")
    return (in_effect & (pl.col("file_id") == last)).fill_null(value=False)


def with_current(deposits: pl.DataFrame) -> pl.DataFrame:
    """The deposits with `current`: whether the file is in effect and no later one replaces it.

    A register is also replaced by that of a later month: `AAAAMM` sorts as text.
    """
    kept = deposits.with_columns(last_of_key().alias(CURRENT))
    latest_month = pl.col("period").filter(pl.col(CURRENT)).max().over("kind", "affiliation")
    is_latest = (pl.col("kind") != STAFF_REGISTER) | (pl.col("period") == latest_month).fill_null(value=False)
    return kept.with_columns(pl.col(CURRENT) & is_latest)
