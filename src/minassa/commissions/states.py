"""What can happen to a session of a commission and to an action of its work plan, in two tables of moves."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.commissions.errors import ImpossibleStep
from minassa.commissions.models import ActionState, SittingState
from minassa.vocabulary.moves import Move, Moves


class SittingEvent(StrEnum):
    """What happens to a session."""

    PUT = "put"
    HOLD = "hold"
    CANCEL = "cancel"
    MINUTE = "minute"
    APPROVE = "approve"
    RETURN = "return"


_S, _E = SittingState, SittingEvent

SITTING_MOVES: Final = Moves(
    (
        Move(_S.PLANNED, _E.PUT, _S.PLANNED),
        Move(_S.PLANNED, _E.HOLD, _S.HELD, "a point on the agenda, the day has come"),
        Move(_S.PLANNED, _E.CANCEL, _S.CANCELLED),
        *(Move(state, _E.MINUTE, _S.MINUTED) for state in (_S.HELD, _S.MINUTED)),
        Move(_S.MINUTED, _E.APPROVE, _S.APPROVED, "another hand than who wrote them"),
        Move(_S.MINUTED, _E.RETURN, _S.HELD),
    ),
    ImpossibleStep,
    lambda: _("La séance est « %(state)s » : cela ne peut pas s'y faire."),
)
NEXT: Final = {
    ActionState.TODO: (ActionState.DOING, ActionState.DONE, ActionState.DROPPED),
    ActionState.DOING: (ActionState.DONE, ActionState.DROPPED, ActionState.TODO),
    ActionState.DONE: (ActionState.DOING,),
    ActionState.DROPPED: (ActionState.TODO,),
}
"""Where an action may go from where it stands."""
