"""What makes a number too telling, read from data: each threshold has a status, a source and a note that people see."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.statuses import Status

FILE: Final = "disclosure.yaml"


class InvalidControl(MinassaError):
    """The file of the disclosure control does not follow its closed schema."""

    code = "OUTLOOK-DISCLOSURE"


class Threshold(BaseModel):
    """A number that no Moroccan text gives: its value, its unit, how sure it is, where it was read, why this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(gt=0)
    unit: Literal["firms", "persons", "basis_points"]
    status: Status
    source: str = Field(min_length=1)
    note: str = Field(min_length=1)


class Control(BaseModel):
    """The thresholds: fewest firms and persons behind a number, dominance (n, k), and the p of the p % rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fewest_firms: Threshold
    fewest_persons: Threshold
    dominant_firms: Threshold
    dominant_share: Threshold
    near_enough: Threshold


@cache
def control() -> Control:
    """The thresholds of this version; InvalidControl says which key is wrong."""
    return read_control(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def read_control(text: str) -> Control:
    """Thresholds from the text of a file; InvalidControl when it departs from the schema."""
    try:
        return Control.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidControl(f"Le contrôle de divulgation ne suit pas son schéma : {details}") from error
