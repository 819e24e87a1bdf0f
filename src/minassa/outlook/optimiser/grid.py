"""The rates that the optimiser tries, and the limits it proposes: assumed, dated with the code, and shown as such."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import product
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "grid.yaml"


class Grid(BaseModel):
    """Rates, floors, stability and the part that regions keep, in basis points; shares of a budget, in per cent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pae_rates: tuple[int, ...] = Field(min_length=2)
    paf_rates: tuple[int, ...] = Field(min_length=2)
    pae_floor: int = Field(ge=0)
    paf_floor: int = Field(ge=0)
    stability: int = Field(ge=0)
    region_floor: int = Field(ge=0)
    frontier_shares: tuple[int, ...] = Field(min_length=2)
    status: Status
    note: str = Field(min_length=1)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Every pair of a PAE rate and a PAF rate."""
        return tuple(product(self.pae_rates, self.paf_rates))


@cache
def grid() -> Grid:
    """The grid of this version."""
    read = yaml.safe_load(resources.files("minassa.outlook.optimiser").joinpath(FILE).read_text(encoding="utf-8"))
    return Grid.model_validate(read)
