"""The offer evaluated again on the rows of a few firms in a run, for what the run did not keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from minassa.engine import Offer
from minassa.entitlements.computation import computed
from minassa.entitlements.frames import Frames
from minassa.entitlements.runs import GRAINS, Run


def of_firms(run: Run, offer: Offer, firms: pl.Expr, more: Mapping[str, Iterable[str]]) -> dict[str, pl.DataFrame]:
    """The four grains with their rules, `more` (by grain) among them, where `firms` holds; `offer`: that of the run."""
    tables = {name: run.table(name).filter(firms).collect() for name in (*GRAINS, "spells")}
    return computed(offer, Frames(**tables, until=run.until), more)
