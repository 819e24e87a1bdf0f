"""What a result answers, and how far it can be trusted: words chosen by the plan, before the result was known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from minassa.outlook.evaluation.effects import EventStudy
from minassa.outlook.evaluation.plan import Answer
from minassa.outlook.evaluation.sensitivity import Sensitivity

Said = Literal["adds", "harms", "negligible", "unsure", "refused"]
Trust = Literal["high", "medium", "low"]
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Check:
    """An assumption that was tried: its name, whether it held, the figure that says so (None: no figure)."""

    name: Literal["pre-trends", "drift", "sensitivity", "firms", "plan"]
    held: bool
    value: float | None = None


def said(study: EventStudy, answer: Answer) -> Said:
    """What the interval of the mean effect answers."""
    mean, negligible = study.mean, answer.negligible_hundredths / _HUNDRED
    if mean.low > -negligible and mean.high < negligible:
        return "negligible"
    if mean.significant:
        return "adds" if mean.low > 0 else "harms"
    return "unsure"


def checks(study: EventStudy, tried: Sensitivity, answer: Answer, deviations: int) -> list[Check]:
    """The assumptions, in the order in which they are told."""
    firms = min(study.entered, study.compared)
    solid = tried.breakdown is None or tried.breakdown * _HUNDRED >= answer.breakdown_hundredths
    return [
        Check("pre-trends", study.pre_trend_p * _HUNDRED >= answer.pre_trend_per_cent, study.pre_trend_p),
        Check("drift", not study.drift.significant, study.drift.value),
        Check("sensitivity", solid or not study.mean.significant, tried.breakdown),
        Check("firms", firms >= answer.least_firms, firms),
        Check("plan", not deviations, deviations),
    ]


def trust(found: list[Check]) -> Trust:
    """How far the answer can be trusted: not at all far when both sides already moved apart before the entry."""
    held = {check.name: check.held for check in found}
    if not (held["pre-trends"] and held["drift"]):
        return "low"
    return "high" if all(held.values()) else "medium"
