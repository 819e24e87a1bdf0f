"""What can still be shown where a plan cannot be followed: designs of less worth, each named for what it is.

`before_after` compares the firms that entered with themselves, hence with nobody: what they would have become anyway
is in it. `early` follows jobs before the month required, which the plan does not ask: whoever leaves then forgoes the
premium. Neither is the answer of the plan.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import numpy as np
import polars as pl
from statsmodels.regression.linear_model import OLS

from minassa.outlook.evaluation.effects import LEAST_FIRMS
from minassa.outlook.evaluation.estimates import estimate
from minassa.outlook.evaluation.panel import NEVER, Panel, UnusablePanel, panel_of
from minassa.outlook.evaluation.plan import Plan
from minassa.outlook.evaluation.survival import kept_jobs

Document = dict[str, Any]
LEAST_MONTHS: Final = 6
"""Months of stay below which nothing is followed."""


def before_after(plan: Plan, months: pl.DataFrame) -> Document | None:
    """The mean change of the firms that entered, from the month before to those since, with its usual error.

    None where too few entered, or where no month before is known. `months`: those since the entry that are known of
    every firm, at most those of the plan.
    """
    try:
        panel = panel_of(months, plan.outcome, ())
    except UnusablePanel:
        return None
    entered = np.flatnonzero((panel.cohort < NEVER) & (panel.cohort > panel.first_month))
    if len(entered) < LEAST_FIRMS:
        return None
    known = min(plan.months.after, panel.last_month - int(panel.cohort[entered].max()) + 1)
    changes = np.array([_change(panel, int(row), known) for row in entered])
    fitted = OLS(changes, np.ones(len(changes))).fit(use_t=True)
    found = estimate(float(fitted.params[0]), float(fitted.bse[0]), float(fitted.df_resid))
    return {**found.as_json(), "firms": len(entered), "months": known}


def _change(panel: Panel, row: int, months: int) -> float:
    entry = int(panel.cohort[row]) - panel.first_month
    return float(panel.outcome[row, entry : entry + months].mean() - panel.outcome[row, entry - 1])


def early(plan: Plan, stays: pl.DataFrame) -> Document | None:
    """Jobs followed from their first month, as long as both sides are known, before the month required."""
    longest = stays.group_by("helped").agg(pl.col("months").max())["months"].to_list()
    horizon = min([plan.stay.required - 1, *longest]) if len(longest) > 1 else 0
    if horizon < LEAST_MONTHS:
        return None
    try:
        found = kept_jobs(stays, 1, horizon)
    except UnusablePanel:
        return None
    return {
        "horizon": horizon,
        "helped": asdict(found.helped),
        "others": asdict(found.others),
        "ratio": found.ratio.as_json(),
        "jobs_helped": found.jobs_helped,
        "jobs_others": found.jobs_others,
    }
