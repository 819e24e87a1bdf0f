"""How many jobs a reform might bring or cost, under responses that are assumed and say so; none is always one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

FILE: Final = "response.yaml"
ROUNDING: Final = "minassa-default#reponse"
_HUNDREDTHS: Final = 100


class Elasticities(BaseModel):
    """The responses that are tried, from none to the strongest, in hundredths."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: tuple[int, ...] = Field(min_length=2)
    status: Status
    note: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Payroll:
    """What the response bears on: gross taxable income of a year, in centimes, and headcount."""

    gross_taxable_income_year: int
    headcount: int


@cache
def elasticities() -> Elasticities:
    """The responses of this version."""
    read = yaml.safe_load(resources.files("minassa.outlook").joinpath(FILE).read_text(encoding="utf-8"))
    return Elasticities.model_validate(read["elasticities_hundredths"])


def jobs_of(difference_year: int, payroll: Payroll) -> list[tuple[int, int]]:
    """For each response (hundredths), the jobs that go with so many centimes a year more, or less, for employers.

    Jobs to the nearest whole, half up; none without payroll.
    """
    cost = payroll.gross_taxable_income_year * _HUNDREDTHS
    sign = -1 if difference_year < 0 else 1
    moved = sign * difference_year * payroll.headcount
    return [
        (one, sign * divide(one * moved, cost, Direction.HALF_UP, ROUNDING) if cost else 0)
        for one in elasticities().value
    ]
