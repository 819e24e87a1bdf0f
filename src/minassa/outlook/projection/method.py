"""The choices behind a projection, read from data: each has a status and a note that people see."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

FILE: Final = "projection.yaml"
_HUNDREDTHS: Final = 100


class InvalidMethod(MinassaError):
    """The file of the method does not follow its closed schema."""

    code = "OUTLOOK-METHOD"


class Choice(BaseModel):
    """A number that no text gives: its value, its unit, how sure it is, why this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(gt=0)
    unit: Literal["months", "headcount", "basis_points", "hundredths"]
    status: Status
    note: str = Field(min_length=1)


class Method(BaseModel):
    """The whole file; growths and powers are plain numbers here, for jobs are counted, not paid."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    window_months: Choice
    pooling_headcount: Choice
    momentum_basis_points: Choice
    horizon_hundredths: Choice
    least_history_months: Choice

    @property
    def momentum(self) -> float:
        """The part of the last change of growth that goes on."""
        return self.momentum_basis_points.value / BASIS_POINTS

    @property
    def power(self) -> float:
        """The power of the horizon, in years, by which the variance of the error grows."""
        return self.horizon_hundredths.value / _HUNDREDTHS


@cache
def method() -> Method:
    """The method of this version; InvalidMethod says which key is wrong."""
    return read_method(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def read_method(text: str) -> Method:
    """A method from the text of a file; InvalidMethod when it departs from the schema."""
    try:
        return Method.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidMethod(f"La méthode de projection ne suit pas son schéma : {details}") from error
