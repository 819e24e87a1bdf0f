"""The plan of an evaluation, written and frozen before any data is read: what is asked, of whom, how, what will count.

A plan is a file of `plans/`; `register.yaml` keeps its digest and the day it was written there. A plan that was changed
after that day is still followed, and every result says so.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.statuses import Status

FOLDER: Final = "plans"
REGISTER: Final = "register.yaml"


class InvalidPlan(MinassaError):
    """A plan, or the register of plans, does not follow its closed schema."""

    code = "EVALUATION-PLAN"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(_Closed):
    """A sentence in the three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Months(_Closed):
    """The window: months before the entry that must look alike, months from the entry on that answer."""

    before: int = Field(ge=6, le=36)
    after: int = Field(ge=6, le=48)
    least_after: int = Field(ge=3, le=48)


class Stay(_Closed):
    """Jobs followed: from which month in post, for how many months."""

    required: int = Field(ge=1)
    horizon: int = Field(ge=1)


class Answer(_Closed):
    """What will count: the effect too small to matter, and what the assumptions must show to be trusted."""

    negligible_hundredths: int = Field(ge=0, le=20)
    pre_trend_per_cent: int = Field(ge=1, le=50)
    breakdown_hundredths: int = Field(ge=0)
    least_firms: int = Field(ge=2)


class Plan(_Closed):
    """A whole plan. `negligible_hundredths` are hundredths of the outcome (log points); the rest says its unit."""

    name: str = Field(pattern=r"^[a-z][a-z-]*$")
    dated: date
    status: Status
    note: str = Field(min_length=1)
    question: Told
    population: Told
    entry: Told
    outcome: Literal["log_headcount", "headcount"]
    compare_within: tuple[Literal["filiere", "region", "place"], ...]
    months: Months
    stay: Stay
    answer: Answer

    @property
    def digest(self) -> str:
        """The digest of everything the plan says, in hexadecimal."""
        said = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()


class _Entry(_Closed):
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    registered_on: date


@dataclass(frozen=True, slots=True)
class Frozen:
    """A plan with what the register says of it: `digest` is that of the plan as registered."""

    plan: Plan
    digest: str
    registered_on: date

    @property
    def changed(self) -> bool:
        """Whether the plan is no longer the one that was registered."""
        return self.plan.digest != self.digest

    def as_json(self) -> dict[str, Any]:
        """What a result shows of its plan."""
        return {
            "plan": self.plan.model_dump(mode="json"),
            "digest": self.digest,
            "registered_on": self.registered_on.isoformat(),
        }


@cache
def plan(name: str) -> Frozen:
    """A registered plan of this version; InvalidPlan when there is none, or when a file breaks its schema."""
    folder = resources.files(__package__).joinpath(FOLDER)
    register = read_register(folder.joinpath(REGISTER).read_text(encoding="utf-8"))
    if name not in register:
        raise InvalidPlan(f"Aucun plan d'évaluation « {name} » n'est enregistré.")
    found = read_plan(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return Frozen(found, register[name].digest, register[name].registered_on)


def read_plan(text: str) -> Plan:
    """A plan from the text of a file; InvalidPlan when it departs from the schema."""
    try:
        return Plan.model_validate(yaml.safe_load(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise InvalidPlan(f"Le plan d'évaluation ne suit pas son schéma : {error}") from error


def read_register(text: str) -> dict[str, _Entry]:
    """The digests and days of a register, by name of plan; InvalidPlan when it departs from the schema."""
    try:
        return {str(name): _Entry.model_validate(entry) for name, entry in yaml.safe_load(text).items()}
    except (ValidationError, yaml.YAMLError, AttributeError) as error:
        raise InvalidPlan(f"Le registre des plans ne suit pas son schéma : {error}") from error
