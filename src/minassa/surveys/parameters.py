"""Dated parameters of surveys that no text gives, with their status and why; closed schema."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.outlook.disclosure.parameters import Control, control
from minassa.vocabulary.statuses import Status

FILE: Final = "parameters.yaml"


class SurveyParameter(BaseModel):
    """A whole number in a unit, since a day, with its status and why this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(gt=0)
    unit: str
    since: date
    status: Status
    note: str = Field(min_length=1)


@cache
def survey_parameters() -> dict[str, SurveyParameter]:
    """Every parameter by its name."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return {name: SurveyParameter.model_validate(value) for name, value in yaml.safe_load(text).items()}


def number(name: str) -> int:
    """The value of a parameter."""
    return survey_parameters()[name].value


@cache
def survey_control() -> Control:
    """The disclosure control of survey cells: that of open data, with the thresholds of surveys in their place."""
    own, known = survey_parameters(), control()
    firms = known.fewest_firms.model_copy(update={"value": own["fewest_firms"].value})
    share = known.dominant_share.model_copy(update={"value": own["dominant_share"].value})
    alone = known.dominant_firms.model_copy(update={"value": 1})
    return known.model_copy(update={"fewest_firms": firms, "dominant_share": share, "dominant_firms": alone})
