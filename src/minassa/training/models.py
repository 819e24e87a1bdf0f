"""The tables of training, for Django to find."""

from __future__ import annotations

from minassa.training.agreement_models import Agreement, AgreementKind
from minassa.training.plan_models import PlanProposal, PlanRuling, RulingState, SeatAnswer, SeatPlan
from minassa.training.roll_models import Cohort, Content, Graduate, Measured, Outcome, Roll

__all__ = [
    "Agreement",
    "AgreementKind",
    "Cohort",
    "Content",
    "Graduate",
    "Measured",
    "Outcome",
    "PlanProposal",
    "PlanRuling",
    "Roll",
    "RulingState",
    "SeatAnswer",
    "SeatPlan",
]
