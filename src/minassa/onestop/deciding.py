"""Decides a case that all its agencies have answered, or that was appealed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from minassa.onestop.acting import acting
from minassa.onestop.case_models import Case, CaseState
from minassa.onestop.errors import CaseError, SameHand
from minassa.onestop.joining import COMMITTEES, decided
from minassa.onestop.tasks import tasks_of
from minassa.registry.public import Actor


def decide(
    actor: Actor,
    case: Case,
    favourable: bool,  # noqa: FBT001 (the decision itself)
    ground: str,
    at: datetime,
    *,
    expected: int | None = None,
) -> Case:
    """Accept or refuse a case; a refusal gives its ground (law 55-19). SameHand for who made the answer to a task."""
    if not favourable and not ground.strip():
        raise CaseError(_("Un refus se motive : indiquez le motif."), case=case.reference)
    with acting(actor, "case.decide", case, at, expected) as act:
        tasks = tasks_of(act)
        if actor.hands & {task.maker for task in tasks}:
            raise SameHand(_("Celui qui a instruit une tâche de ce dossier ne le décide pas."), case=case.reference)
        decision = act.procedure.decision
        by = decision.appeal_to if act.case.state == CaseState.APPEALED else decision.by
        if by not in COMMITTEES:
            act.held(by, "")
        decided(act, tasks, favourable=favourable, ground=ground.strip(), by=str(actor))
    return case
