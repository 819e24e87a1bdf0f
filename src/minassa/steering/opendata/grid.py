"""The disclosure grid of Good Jobs First, as a page that was read lists it, with our answers: yes, in part, no."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, Literal

import yaml
from pydantic import Field

from minassa.steering.opendata.describing import Closed, Said
from minassa.vocabulary.statuses import Status

FILE: Final = "grid.yaml"


class GridSource(Closed):
    """Where the criteria were read, and how sure that is."""

    title: str
    url: str
    status: Status
    note: str = Field(min_length=1)


class Criterion(Closed):
    """What is looked at, what we answer, where it shows."""

    code: str
    title: Said
    answer: Literal["full", "partly", "none"]
    dataset: str | None
    note: Said


class Grid(Closed):
    """The whole grid."""

    source: GridSource
    criteria: tuple[Criterion, ...] = Field(min_length=1)


@cache
def grid() -> Grid:
    """The grid of this version."""
    return Grid.model_validate(yaml.safe_load(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")))
