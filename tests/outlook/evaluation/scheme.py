"""Panels of firms drawn by hand, and one synthetic country with a known effect, shared by the tests of evaluations."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from minassa.nation.known_effect import Planted, firm_panel
from minassa.outlook.evaluation.stacking import Window
from minassa.vocabulary.periods import parse_month

START = parse_month("2025-01")
MONTHS = 36
WINDOW = Window(6, 6)
WAVES = (START + 12, START + 18, START + 24)


def drawn(effect: float, *, seed: int = 3, firms: int = 48, noise: float = 0.0, slope: float = 0.0) -> pl.DataFrame:
    """Firms with levels of their own and months in common, half of them entering in three waves.

    `effect` and `slope` are log points, at once and a month, of those that enter; `noise` of anyone.
    """
    rng = np.random.default_rng(seed)
    months = np.arange(START, START + MONTHS)
    level, common = rng.normal(5.0, 1.0, firms)[:, None], rng.normal(0.0, 0.1, MONTHS)[None, :]
    cohort = np.where(np.arange(firms) % 2 == 0, np.array(WAVES)[np.arange(firms) // 2 % 3], -1)[:, None]
    enters = cohort > 0
    log = level + common + rng.normal(0.0, 1.0, (firms, MONTHS)) * noise
    log = log + enters * (effect * (months >= cohort) + slope * np.arange(MONTHS))
    return pl.DataFrame(
        {
            "affiliation": np.repeat(np.arange(firms), MONTHS) + 9_900_001,
            "month": np.tile(months, firms).astype(np.int32),
            "headcount_month": np.exp(log).ravel(),
            "new_jobs_month": np.ones(firms * MONTHS),
            "cohort_month": np.repeat(cohort.ravel(), MONTHS),
            "filiere": np.repeat(np.arange(firms) // 12 % 2 + 1, MONTHS).astype(np.int8),
            "place": np.full(firms * MONTHS, 101, np.int16),
        }
    ).with_columns(pl.when(pl.col("cohort_month") > 0).then("cohort_month").alias("cohort_month"))


@cache
def country(effect: float, seed: int = 5, **more: float) -> pl.DataFrame:
    """Firms by month of a synthetic country of 12,000 people with a known effect."""
    planted = Planted(effect=effect, **more)  # type: ignore[arg-type]
    return firm_panel(people=12_000, months=54, seed=seed, start_month=START, planted=planted)
