"""What a plan of seats assumes, read from `assumptions.yaml`: values that no text says, each with its status."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from minassa.vocabulary.statuses import Status

FILE: Final = "assumptions.yaml"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProgrammeValues(_Closed):
    """Of a programme where no cohort tells better; basis points, persons, centimes."""

    entrants_by_trainer: int
    minimum_class: int
    seat_cost_year: int
    opening_cost: int


class TrainerValues(_Closed):
    """Of trainers: shares of those in post in basis points, costs in centimes."""

    leave: int
    recruited_share: int
    cost_year: int
    recruited_cost: int


class InstituteValues(_Closed):
    """Of the National Institute that certifies trainers."""

    masters: int
    masters_leave: int
    masters_appointed_year: int
    masters_cost_year: int
    certified_by_master: int
    certified_kept: int
    certified_after_years: int
    certified_cost: int


class LimitValues(_Closed):
    """`rooms_growth` in basis points of the most entrants of a year, `step_seats` in seats."""

    rooms_growth: int
    step_seats: int


class AdjustingValues(_Closed):
    """When seats move by what insertion measures: shares in basis points, and the most that they move at a time."""

    poor: int
    good: int
    cap: int


class ObjectiveValues(_Closed):
    """What a post filled is worth and a graduate too many costs, in centimes."""

    post_filled: int
    surplus_graduate: int


class Occupation(_Closed):
    """An occupation sought: its share (basis points) of the posts of its filière, its name in three languages."""

    code: str
    filiere: int
    share: int
    fr: str
    ar: str
    en: str


class Assumptions(_Closed):
    """All of them, in force from a day on."""

    since: date
    status: Status
    note: str
    programmes: ProgrammeValues
    trainers: TrainerValues
    institute: InstituteValues
    limits: LimitValues
    objective: ObjectiveValues
    adjusting: AdjustingValues
    gross_taxable_income_year: int
    scenarios: tuple[str, ...]
    needs_year: dict[int, tuple[int, ...]]
    growth_year: int
    regions: dict[int, int]
    occupations: tuple[Occupation, ...]
    flexibility: dict[str, dict[str, int]]

    def leads_to(self, programme: str, filiere: int) -> dict[str, int]:
        """Occupations that a programme leads to, with their shares in basis points."""
        by_filiere = {one.code: one.share for one in self.occupations if one.filiere == filiere}
        return self.flexibility.get(programme, by_filiere)


@cache
def assumptions() -> Assumptions:
    """The assumptions of this version."""
    read = yaml.safe_load(resources.files("minassa.talent.seats").joinpath(FILE).read_text(encoding="utf-8"))
    return Assumptions.model_validate(read)
