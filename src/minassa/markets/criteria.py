"""Criteria of the attractiveness of a market, as data: which way each is better, its unit, its proposed weight."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from minassa.outlook.markets.attractiveness import Way, require_weights
from minassa.vocabulary.statuses import Status

FILE: Final = "criteria.yaml"


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Closed):
    """The same words in three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class MarketCriterion(Closed):
    """A criterion; its weight in basis points is proposed."""

    code: str = Field(pattern=r"^[a-z_]+$")
    names: Words
    way: Way
    unit: str
    weight: int = Field(ge=0)


class Criteria(Closed):
    """Every criterion, the words of units, since when and how sure."""

    since: date
    status: Status
    note: str
    units: dict[str, Words]
    criteria: tuple[MarketCriterion, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        require_weights([one.weight for one in self.criteria])
        if {one.unit for one in self.criteria} - set(self.units):
            message = "a criterion is in a unit that has no words"
            raise ValueError(message)
        return self

    def of(self, code: str) -> MarketCriterion:
        """The criterion of a code; KeyError when there is none."""
        return {one.code: one for one in self.criteria}[code]


@cache
def criteria() -> Criteria:
    """The criteria of this version; ValidationError for what departs from the schema."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return Criteria.model_validate(yaml.safe_load(text))
