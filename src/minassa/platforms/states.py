"""What can happen to a report and to a finding, in two tables of moves."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.platforms.conformity_models import FindingState
from minassa.platforms.errors import ImpossibleStep
from minassa.platforms.report_models import ReportState
from minassa.vocabulary.moves import Move, Moves


class ReportEvent(StrEnum):
    """What happens to a report."""

    COMPLETE = "complete"
    CHECK = "check"
    SEAL = "seal"
    RECEIVE = "receive"
    RETURN = "return"


class FindingEvent(StrEnum):
    """What happens to a finding."""

    PROPOSE = "propose"
    AGREE = "agree"
    REFUSE = "refuse"
    DO = "do"
    VERIFY = "verify"
    REJECT = "reject"
    ESCALATE = "escalate"
    DECIDE = "decide"
    CLOSE = "close"


_R, _RE, _F, _FE = ReportState, ReportEvent, FindingState, FindingEvent

REPORT_MOVES: Final = Moves(
    (
        *(Move(state, _RE.COMPLETE, _R.COMPLETED) for state in (_R.PREPARED, _R.COMPLETED, _R.CHECKED, _R.RETURNED)),
        Move(_R.COMPLETED, _RE.CHECK, _R.CHECKED, "nothing contradicts"),
        Move(_R.CHECKED, _RE.SEAL, _R.SEALED, "another hand than who completed it"),
        Move(_R.SEALED, _RE.RECEIVE, _R.RECEIVED),
        Move(_R.SEALED, _RE.RETURN, _R.RETURNED),
    ),
    ImpossibleStep,
    lambda: _("Le rapport est « %(state)s » : cela ne peut pas s'y faire."),
)
FINDING_MOVES: Final = Moves(
    (
        *(Move(state, _FE.PROPOSE, _F.PROPOSED) for state in (_F.OPEN, _F.AGREED)),
        Move(_F.PROPOSED, _FE.AGREE, _F.AGREED, "another hand than who proposed it"),
        Move(_F.PROPOSED, _FE.REFUSE, _F.OPEN),
        Move(_F.AGREED, _FE.DO, _F.DONE),
        Move(_F.DONE, _FE.VERIFY, _F.CLOSED, "another hand than who did it"),
        Move(_F.DONE, _FE.REJECT, _F.AGREED),
        *(Move(state, _FE.ESCALATE, _F.ESCALATED) for state in (_F.OPEN, _F.PROPOSED, _F.AGREED, _F.DONE)),
        Move(_F.ESCALATED, _FE.DECIDE, _F.AGREED),
        Move(_F.ESCALATED, _FE.CLOSE, _F.CLOSED),
    ),
    ImpossibleStep,
    lambda: _("Le constat est « %(state)s » : cela ne peut pas s'y faire."),
)
