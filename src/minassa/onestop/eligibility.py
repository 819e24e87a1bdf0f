"""The guided check before a request: the offer's own conditions, run by its engine on what the firm says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

import yaml

from minassa.engine import Offer
from minassa.entitlements.rowwise import Law, Row
from minassa.onestop.errors import InvalidAnswers
from minassa.onestop.procedure_schema import AskedField, Closed, Label
from minassa.reforms.public import offer_in_force
from minassa.vocabulary.statuses import Status

GRAIN: Final = "firm_year"
MEASURE: Final = "eligibility"


class _Words(Closed):
    questions: list[AskedField]
    conditions: dict[str, Label]


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of the offer and what the answers make of it.

    `held` is None when answers that it needs, named in `unknown`, are not given. `status`: the weakest of the rule and
    of the figures that it rests on. `required` is false where the offer's switch has turned the condition off.
    """

    name: str
    label: Label
    held: bool | None
    unknown: tuple[str, ...]
    texts: tuple[str, ...]
    status: Status
    required: bool


@cache
def _words() -> _Words:
    content = resources.files("minassa.onestop").joinpath("eligibility.yaml").read_text(encoding="utf-8")
    return _Words.model_validate(yaml.safe_load(content))


@lru_cache(maxsize=4)
def _law(offer: Offer) -> Law:
    return Law(offer)


def questions() -> list[AskedField]:
    """What the check asks, in order; amounts in centimes."""
    return list(_words().questions)


def eligibility(answers: Mapping[str, Any], month: int) -> list[Reason]:
    """Every condition of eligibility in force in a month (index), with the answers given so far; unknown ones are None.

    The offer is that of now, with what committees decided of it. InvalidAnswers for a key that is not a question.
    """
    asked = {question.key for question in _words().questions}
    foreign = sorted(answers.keys() - asked)
    if foreign:
        raise InvalidAnswers("Questions inconnues.", problems=dict.fromkeys(foreign, "Question inconnue."))
    law = _law(offer_in_force())
    known = {key: value for key, value in answers.items() if value is not None}
    row = Row(law, GRAIN, {**known, law.offer.grains[GRAIN].date: month})
    return [_reason(row, rule.name, known) for rule in row.law.conditions(MEASURE)]


def _reason(row: Row, name: str, known: Mapping[str, Any]) -> Reason:
    rule = row.law.rules[name]
    needed = {wanted for behind in row.law.behind(name) for wanted in row.law.rules[behind].inputs}
    asked = [question.key for question in _words().questions]
    value = row.value(name)
    return Reason(
        name=name,
        label=_words().conditions[name],
        held=None if value is None else bool(value),
        unknown=tuple(key for key in asked if key in needed and key not in known) if value is None else (),
        texts=rule.texts,
        status=row.status(name),
        required=row.law.active(rule),
    )


def verdict(reasons: list[Reason]) -> bool | None:
    """Whether every required condition holds; None while that is not known."""
    held = [reason.held for reason in reasons if reason.required]
    if False in held:
        return False
    return None if None in held else True
