"""How the commission decides: a dated hypothesis, shown as such."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status


class VoicesNeeded(BaseModel):
    """Voices of one side that decide of a proposal, with the status of that number."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    value: int = Field(ge=1, le=50)
    status: Status
    note: str


@cache
def voices_needed() -> VoicesNeeded:
    """The number in force."""
    written = resources.files(__name__.rpartition(".")[0]).joinpath("parameters.yaml").read_bytes()
    return VoicesNeeded.model_validate(yaml.safe_load(written)["voices_needed"])
