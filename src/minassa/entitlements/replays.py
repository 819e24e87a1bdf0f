"""Replay: a run computed again, years later, from the declarations and the offer as they stood."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from minassa.engine import Offer, restored
from minassa.entitlements.amounts import amounts
from minassa.entitlements.computation import computed
from minassa.entitlements.engines import POLARS, Engine
from minassa.entitlements.frames import frames
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Sources, Tables

KEYS = ["measure", "affiliation", "person", "period_start", "hired_month"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out of a replay: how many amounts were compared, and the rows that differ."""

    compared: int
    differences: pl.DataFrame

    @property
    def identical(self) -> bool:
        """Whether every amount is the same to the centime."""
        return self.differences.height == 0


def offer_of(run: Run, code: Offer) -> Offer:
    """The offer that the run was made with: the code's when it still is that one, else rebuilt from the record.

    LostRule when a rule was rewritten since.
    """
    recorded = run.manifest["offer"]
    if code.digest == recorded["digest"]:
        return replace(code, reforms=tuple(recorded["reforms"]))
    return restored(code, recorded)


def replay(run: Run, code: Offer, tables: Tables, engine: Engine = POLARS) -> Replay:
    """Compute the run again from the versions it recorded, on an engine, and compare every amount."""
    offer = offer_of(run, code)
    key = run.manifest
    built = frames(Sources.of(tables, key["versions"]), key["cuts"], int(key["until"]))
    table = amounts(offer, computed(offer, built, engine=engine))
    again = table.select(*KEYS, pl.col("amount_cents").alias("again_cents"), "entitled")
    before = run.table("amounts").select(*KEYS, "amount_cents", "entitled").collect()
    both = before.join(again, on=KEYS, how="full", coalesce=True, suffix="_again")
    same = pl.col("amount_cents").eq_missing(pl.col("again_cents")) & pl.col("entitled").eq_missing(
        pl.col("entitled_again")
    )
    return Replay(both.height, both.filter(~same))
