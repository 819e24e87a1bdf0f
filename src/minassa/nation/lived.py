"""A synthetic country that lives and writes nothing: its flows by firm and month, where hundreds are needed.

The same recipe gives the same people as `make_nation`: what their employers would declare is only never written.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from minassa.nation.history import Flows, tell_flows, tell_moves
from minassa.nation.known_effect import Planted, entries
from minassa.nation.labour import live
from minassa.nation.market import Market
from minassa.nation.plan import Plan, make_plan


def lived(*, people: int, months: int, seed: int, start_month: int, planted: Planted | None = None) -> pl.DataFrame:
    """What happened in each firm and month of a country, nobody cheating. NationError when it is impossible.

    `planted`: what a scheme does to the posts that firms aim at; the people they then find, lose and replace follow
    from it as they do from everything else. Firms and their entries are the same whatever it does.

    Columns, named as in the firm-months of a run: `affiliation`, `month`, `place`, `filiere`; `headcount_month` (in
    post at the end of the month), `hires_month` and among them `transfers_in_month`, `rehires_month`,
    `replacements_month`; `leavers_month`. Persons. With `planted`, `cohort_month` too: the month the firm enters the
    scheme (null: never).
    """
    plan = make_plan(people=people, months=months, seed=seed, start=start_month, irregularities=False)
    if planted is not None:
        cohort, effect = entries(plan.seed, plan.firms, months, planted)
        plan = replace(plan, uplift=np.exp(effect))
        month = np.where(cohort < months, start_month + cohort, -1)
        return _lived(plan).join(
            pl.DataFrame({"affiliation": plan.firms.affiliation, "cohort_month": month}).with_columns(
                pl.when(pl.col("cohort_month") >= 0).then("cohort_month").alias("cohort_month")
            ),
            on="affiliation",
            how="left",
            maintain_order="left",
        )
    return _lived(plan)


def _lived(plan: Plan) -> pl.DataFrame:
    return pl.concat(_basin(plan, live(plan, basin)) for basin in plan.basins).sort("affiliation", "month")


def _basin(plan: Plan, market: Market) -> pl.DataFrame:
    firms, flows = market.firms, tell_flows(market, tell_moves(market))
    months = np.arange(plan.start, plan.start + plan.months)
    count = len(firms.affiliation)
    return pl.DataFrame(
        {
            "affiliation": np.repeat(firms.affiliation, len(months)),
            "month": np.tile(months, count).astype(np.int32),
            "place": np.repeat(firms.place, len(months)).astype(np.int16),
            "filiere": np.repeat(firms.filiere, len(months)).astype(np.int8),
            **{name: table.ravel() for name, table in _counts(flows).items()},
        }
    )


def _counts(flows: Flows) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    return {
        "headcount_month": flows.headcount,
        "hires_month": flows.hires,
        "transfers_in_month": flows.transfers,
        "rehires_month": flows.rehires,
        "replacements_month": flows.replacements,
        "leavers_month": flows.exits,
    }
