"""The stages of STED that a vintage holds, as plain data: 1 outlook, 3 skills needed, 4 demand; the cube is stage 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from minassa.outlook.gaps.joined import Joined, tried_scores
from minassa.talent.balance.parameters import Parameters
from minassa.talent.balance.tables import BalanceTables

Document = dict[str, Any]


def stages(found: Joined, cubes: Mapping[str, pl.DataFrame]) -> Document:
    """Stage 1: jobs of each scenario by filière and year. Stage 3: staffing by filière. Stage 4: openings by cause."""
    first = next(iter(found.markets.values()))
    staffing = first.lines.group_by("filiere", "occupation", "level").agg(pl.col("people").sum())
    shares = staffing.with_columns(share=pl.col("people") / pl.col("people").sum().over("filiere"))
    causes = ("expansion", "retirement", "leaving", "emigration", "moving_up")
    return {
        "outlook": {
            name: market.road.group_by("filiere", "month").agg(pl.col("jobs").sum()).sort("filiere", "month").rows()
            for name, market in found.markets.items()
        },
        "staffing": shares.sort("filiere", "occupation", "level").rows(),
        "demand": {
            name: cube.filter(pl.col("grain") == "occupation").select("occupation", "month", *causes).rows()
            for name, cube in cubes.items()
        },
        "tried": tried_scores(found.tried),
        "measured_exits": {str(filiere): list(counts) for filiere, counts in first.exits.items()},
        "graduates_known": first.graduates.height,
    }


def rested(known: Parameters, tables: BalanceTables) -> Document:
    """What the balance rests on, as it was: parameters and tables, each with its status."""
    return {"parameters": known.model_dump(mode="json"), "tables": tables.model_dump(mode="json", by_alias=True)}
