"""The numbers that no declaration gives, read from data: value, range, status, day last looked at, note."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

FILE: Final = "parameters.yaml"


class InvalidBalance(MinassaError):
    """A file of the balance does not follow its closed schema."""

    code = "TALENT-BALANCE"


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ranged(Closed):
    """A number with the range it may be in, how sure it is and why this one; shares are in basis points."""

    value: int = Field(ge=0)
    low: int = Field(ge=0)
    high: int = Field(ge=0)
    unit: Literal["basis_points", "years", "persons", "cnc_level"]
    status: Status
    reviewed_on: date
    note: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Ranged:
        if not self.low <= self.value <= self.high:
            message = "la valeur est dans son intervalle"
            raise ValueError(message)
        return self

    @property
    def share(self) -> tuple[float, float, float]:
        """Low, value and high as plain numbers: people are counted here, not paid."""
        return self.low / BASIS_POINTS, self.value / BASIS_POINTS, self.high / BASIS_POINTS


class Parameters(Closed):
    """The whole file."""

    exit_other: Ranged
    retirement: Ranged
    retirement_age: Ranged
    emigration_of_exits: Ranged
    moving_up: Ranged
    returning_of_exits: Ranged
    inserted_of_graduates: Ranged
    kept_of_entrants: Ranged
    filled_of_seats: Ranged
    staying_in_region: Ranged
    visas_year: Ranged
    visas_in_sector: Ranged
    visa_least_level: Ranged
    flexibility_spread: Ranged
    share_spread: Ranged
    rates_spread: Ranged
    entries_spread: Ranged
    surplus_beyond: Ranged
    balance_within: Ranged


@cache
def parameters() -> Parameters:
    """The numbers of this version; InvalidBalance says which key is wrong."""
    return read_parameters(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def read_parameters(text: str) -> Parameters:
    """Parameters from the text of a file; InvalidBalance when it departs from the schema."""
    try:
        return Parameters.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidBalance(f"Les paramètres ne suivent pas leur schéma : {details}") from error
