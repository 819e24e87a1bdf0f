"""Appeals a refusal: once, within the delay of the law, before who the procedure names."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from minassa.delays.holders import AGENCIES, COMMITTEE
from minassa.delays.moments import due_at
from minassa.onestop import tracks
from minassa.onestop.acting import MAIN, acting
from minassa.onestop.case_models import Case, Decision
from minassa.onestop.errors import CaseError, ImpossibleAct
from minassa.onestop.joining import COMMITTEES
from minassa.onestop.states import CaseEvent
from minassa.registry.public import Actor

APPEAL_DELAY = "appeal_filing"


def appeal(actor: Actor, case: Case, reasons: str, at: datetime, *, expected: int | None = None) -> Case:
    """Appeal the refusal of a case, with reasons. ImpossibleAct after a first appeal, or when the delay is past."""
    if not reasons.strip():
        raise CaseError(_("Un recours se motive : dites pourquoi la décision doit changer."), case=case.reference)
    with acting(actor, "case.appeal", case, at, expected) as act:
        act.move(CaseEvent.APPEAL)
        if Decision.objects.filter(case=act.case, on_appeal=True).exists():
            raise ImpossibleAct(_("Le recours a déjà été jugé : il reste le juge administratif."), case=case.reference)
        decided_at = act.case.decided_at or act.at
        if act.at >= due_at(APPEAL_DELAY, decided_at):
            raise ImpossibleAct(_("Le délai de recours est passé."), case=case.reference)
        due = due_at(tracks.decision_delay(act), act.at)
        act.set(due_at=due, closed_at=None)
        act.timer("case_due", due)
        by = act.procedure.decision.appeal_to
        act.held(MAIN, COMMITTEE if by in COMMITTEES else AGENCIES)
        if by not in COMMITTEES:
            act.held(by, by)
        act.tell("case.appealed", to=by)
        act.case.messages.create(author=str(actor), text=reasons.strip(), at=act.at)
    return case
