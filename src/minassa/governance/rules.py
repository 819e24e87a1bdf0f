"""The internal rules of committees on a day: dated data, each with its status, none invented in code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

from pydantic import Field, StrictBool, StrictInt

from minassa.delays.documents import Closed, Dated, check_dated, parse
from minassa.delays.errors import InvalidDelayData
from minassa.governance.errors import InvalidRules
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status


class Committee(StrEnum):
    """A committee of the offer, by the code of its body in the registry."""

    CTO = "cto"
    COPIL = "copil"


class Majority(StrEnum):
    """What makes a proposal adopted."""

    SIMPLE = "simple"
    """More votes for than against; abstentions do not count."""
    CONSENSUS = "consensus"
    """At least one vote for, none against."""


class Tie(StrEnum):
    """What as many votes for as against are worth."""

    CHAIR = "chair"
    """The vote of who presides decides, where it is known."""
    REJECTED = "rejected"


Value = TypeVar("Value")


class Rule(Dated, Generic[Value]):
    """One dated value of a rule, and the committees that it binds."""

    committees: list[Committee] = Field(min_length=1)
    value: Value


class RulesFile(Closed):
    """The whole file, by rule."""

    quorum_basis_points: list[Rule[StrictInt]]
    quorum_chair: list[Rule[StrictBool]]
    majority: list[Rule[Majority]]
    derogation_majority: list[Rule[Majority]]
    tie: list[Rule[Tie]]
    secret_requests: list[Rule[StrictInt]]
    notice_days: list[Rule[StrictInt]]
    rhythm_months: list[Rule[StrictInt]]
    kinds: list[Rule[list[str]]]
    delegated_procedures: list[Rule[list[str]]]
    consent_highest_score: list[Rule[StrictInt]]
    consent_weakest_status: list[Rule[Status]]


class Rules(Closed):
    """The rules of one committee on one day, as they bind a session; frozen with it at its convocation."""

    quorum_basis_points: StrictInt = Field(ge=0, le=BASIS_POINTS)
    quorum_chair: StrictBool
    majority: Majority
    derogation_majority: Majority
    tie: Tie
    secret_requests: StrictInt = Field(ge=1)
    notice_days: StrictInt = Field(ge=0)
    rhythm_months: StrictInt = Field(ge=1)
    kinds: list[str]
    delegated_procedures: list[str]
    consent_highest_score: StrictInt = Field(ge=0)
    consent_weakest_status: Status


@cache
def rules_file() -> RulesFile:
    """The rules of this package, checked; InvalidRules."""
    return read_rules(resources.files("minassa.governance").joinpath("rules.yaml").read_text(encoding="utf-8"))


def read_rules(content: str) -> RulesFile:
    """The text of a file of rules; InvalidRules when it departs, or two values bind a committee on one day."""
    try:
        read = parse(content, "rules.yaml", RulesFile)
        for name in RulesFile.model_fields:
            for committee in Committee:
                check_dated(list(_binding(read, name, committee)), f"rules.yaml, {name}, {committee}")
    except InvalidDelayData as error:
        raise InvalidRules(error.message) from error
    return read


def rules_shown(committee: str, day: date) -> dict[str, Rule[Any]]:
    """Each rule in force with its value, its source, its status and its note; InvalidRules when one is missing."""
    found = {}
    for name in RulesFile.model_fields:
        rule = next((each for each in _binding(rules_file(), name, committee) if each.in_force(day)), None)
        if rule is None:
            raise InvalidRules(f"Le comité « {committee} » n'a pas de règle « {name} » le {day.isoformat()}.")
        found[name] = rule
    return found


def rules(committee: str, day: date) -> Rules:
    """The rules in force of a committee on a day; InvalidRules."""
    return Rules(**{name: rule.value for name, rule in rules_shown(committee, day).items()})


def frozen_rules(committee: str, day: date) -> dict[str, dict[str, Any]]:
    """The rules in force as a session keeps them: each value with the text it comes from, its status and its note."""
    return {
        name: {
            "value": rule.model_dump(mode="json")["value"],
            "source": rule.citation,
            "status": str(rule.status),
            "note": rule.note,
        }
        for name, rule in rules_shown(committee, day).items()
    }


def thawed(frozen: Mapping[str, Mapping[str, Any]]) -> Rules:
    """The rules that a session keeps."""
    return Rules.model_validate({name: rule["value"] for name, rule in frozen.items()})


def delegated(procedure: str, day: date) -> bool:
    """Whether a single member of the technical committee decides the cases of a procedure on a day."""
    return procedure in rules(Committee.CTO, day).delegated_procedures


def _binding(read: RulesFile, name: str, committee: str) -> Iterator[Rule[Any]]:
    return (each for each in getattr(read, name) if committee in each.committees)
