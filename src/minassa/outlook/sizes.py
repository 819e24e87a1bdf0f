"""Size classes of firms, by the persons they declare; the bounds are ours, and say so."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "sizes.yaml"
NOBODY: Final = 0
"""The class of a firm that declares nobody any more."""


class Bounds(BaseModel):
    """The largest headcount of each class but the last, with how sure they are and why these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: tuple[int, ...] = Field(min_length=1)
    status: Status
    note: str = Field(min_length=1)


@cache
def bounds() -> Bounds:
    """The bounds of this version."""
    read = yaml.safe_load(resources.files("minassa.outlook").joinpath(FILE).read_text(encoding="utf-8"))
    return Bounds.model_validate(read["upper_headcounts"])


def size_class(headcount: str) -> pl.Expr:
    """The class of a column of headcounts: 0 for nobody, then 1, 2… from the smallest firms on."""
    heads = pl.col(headcount)
    passed = [(heads > upper).cast(pl.Int64) for upper in bounds().value]
    return pl.when(heads > 0).then(pl.sum_horizontal(passed) + 1).otherwise(NOBODY)


def span_of(number: int) -> tuple[int, int | None]:
    """The smallest and the largest headcount of a class; None for no largest one."""
    uppers = bounds().value
    if number == NOBODY:
        return 0, 0
    lowest = uppers[number - 2] + 1 if number > 1 else 1
    return lowest, uppers[number - 1] if number <= len(uppers) else None
