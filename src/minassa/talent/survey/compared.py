"""What firms say beside what the model projects: people that are hard to find, and people who will lack."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict

from minassa.vocabulary.statuses import Status

FILE: Final = "compared.yaml"


class Coverage(BaseModel):
    """The unit groups that each occupation group of the survey covers, with how sure that is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Status
    reviewed_on: date
    note: str
    groups: Mapping[str, tuple[str, ...]]


class Verdict(StrEnum):
    """How an estimate of the survey and a projection stand."""

    AGREE = "agree"
    """Their intervals meet."""
    FIRMS_ABOVE = "firms_above"
    """Firms say more than the model projects, beyond both intervals."""
    MODEL_ABOVE = "model_above"


@dataclass(frozen=True, slots=True)
class Projected:
    """A gap of the model in people over a year: its point, and bounds at least as wide as its 95 % interval."""

    point: float
    low: float
    high: float


@cache
def coverage() -> Coverage:
    """The coverage in force."""
    return Coverage.model_validate(yaml.safe_load(resources.files(__package__).joinpath(FILE).read_bytes()))


def projected(
    cube: pl.DataFrame, group: str, regions: Collection[int], fewest_persons: int, scenario: str = "trend"
) -> Projected | None:
    """The gap of a group of the survey in some regions in the first year of a cube; None with too few people there.

    Bounds of the cells are added up: wider than the true ones, for errors of cells do not all go one way.
    """
    cells = cube.filter(
        pl.col("grain") == "occupation_region",
        pl.col("scenario") == scenario,
        pl.col("month") == pl.col("month").min(),
        pl.col("occupation").is_in(coverage().groups.get(group, ())),
        pl.col("region").is_in(sorted(regions)),
    )
    if cells.is_empty() or cells["before"].sum() < fewest_persons:
        return None
    return Projected(*(float(cells[name].sum()) for name in ("gap", "low_95", "high_95")))


def verdict(low: float, high: float, model: Projected) -> Verdict:
    """Whether the intervals of a survey estimate and of a projection meet. A surplus of the model is no lack: zero."""
    if low > max(model.high, 0.0):
        return Verdict.FIRMS_ABOVE
    return Verdict.MODEL_ABOVE if high < model.low else Verdict.AGREE
