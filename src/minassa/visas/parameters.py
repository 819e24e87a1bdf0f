"""Dated parameters of the Talent Visa, each with its status and why this one; closed schema."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.outlook.disclosure.parameters import control
from minassa.talent.balance.shortage import Criteria
from minassa.vocabulary.statuses import Status

FILE: Final = "parameters.yaml"
CRITERIA: Final = ("least_tension", "least_sure", "least_gap")
QUOTAS: Final = ("quota_nation", "quota_region", "quota_firm")
SCENARIO: Final = "trend"


class VisaParameter(BaseModel):
    """A whole number in a unit, since a day, with its status and why this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(ge=0)
    unit: str
    since: date
    status: Status
    reviewed_on: date
    note: str = Field(min_length=1)


@cache
def visa_parameters() -> dict[str, list[VisaParameter]]:
    """Every value of every parameter, by its name, in the order of their days."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    told = {name: [VisaParameter.model_validate(one) for one in rows] for name, rows in yaml.safe_load(text).items()}
    return {name: sorted(rows, key=lambda one: one.since) for name, rows in told.items()}


def parameter_on(name: str, on: date) -> VisaParameter:
    """The value of a parameter that holds on a day; before the first one, the first one."""
    rows = visa_parameters()[name]
    return next((one for one in reversed(rows) if one.since <= on), rows[0])


def criteria_on(on: date) -> Criteria:
    """The criteria of the list on a day; people in post before: the threshold of what may be shown at all."""
    values = {name: parameter_on(name, on).value for name in CRITERIA}
    return Criteria(scenario=SCENARIO, fewest_persons=control().fewest_persons.value, **values)
