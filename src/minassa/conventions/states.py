"""The table of states of a convention: what can happen, where it leads, under which guard.

Acts look up here and nowhere else. A guard is named here and tested in the module of its act.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.conventions.convention_models import AmendmentKind, ConventionState
from minassa.conventions.errors import ImpossibleAct
from minassa.vocabulary.moves import Move, Moves


class ConventionEvent(StrEnum):
    """What can happen to a convention."""

    REDRAFT = "redraft"
    PROPOSE = "propose"
    """Its terms are frozen and put to both parties."""
    SEND_BACK = "send_back"
    """It is not signed as it stands: its terms are drafted again, signatures fall."""
    SIGN = "sign"
    """The firm signs."""
    ENTER = "enter"
    """The committee has decided: the State signs, it binds both."""
    AMEND = "amend"
    """An amendment that leaves it where it stands was adopted."""
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"
    END = "end"
    """Its last day is past."""


_S, _E = ConventionState, ConventionEvent
CONVENTION_MOVES: Final = (
    Move(_S.DRAFT, _E.REDRAFT, _S.DRAFT),
    Move(_S.DRAFT, _E.PROPOSE, _S.PROPOSED, "the terms hold together"),
    Move(_S.PROPOSED, _E.SEND_BACK, _S.DRAFT, "a ground is given"),
    Move(_S.PROPOSED, _E.SIGN, _S.PROPOSED, "by a signatory of the firm"),
    Move(_S.PROPOSED, _E.ENTER, _S.IN_FORCE, "signed by the firm, by another hand than who proposed"),
    Move(_S.IN_FORCE, _E.AMEND, _S.IN_FORCE, "what it replaces still holds"),
    Move(_S.IN_FORCE, _E.SUSPEND, _S.SUSPENDED, "by an amendment"),
    Move(_S.IN_FORCE, _E.TERMINATE, _S.TERMINATED, "by an amendment"),
    Move(_S.IN_FORCE, _E.END, _S.ENDED, "its last day is past"),
    Move(_S.SUSPENDED, _E.AMEND, _S.SUSPENDED, "what it replaces still holds"),
    Move(_S.SUSPENDED, _E.RESUME, _S.IN_FORCE, "by an amendment"),
    Move(_S.SUSPENDED, _E.TERMINATE, _S.TERMINATED, "by an amendment"),
    Move(_S.SUSPENDED, _E.END, _S.ENDED, "its last day is past"),
)

FINAL_STATES: Final = frozenset({_S.ENDED, _S.TERMINATED})
"""Nothing leads out of them; what was advanced is still asked back or imputed."""
BINDING: Final = frozenset({_S.IN_FORCE, _S.SUSPENDED})
"""The parties are bound: amendments may be proposed, commitments are followed."""
SIGNED: Final = BINDING | FINAL_STATES

EVENT_OF: Final = {
    AmendmentKind.SUSPEND: _E.SUSPEND,
    AmendmentKind.RESUME: _E.RESUME,
    AmendmentKind.TERMINATE: _E.TERMINATE,
}
"""Amendments that move the convention; the others leave it where it stands."""

_MOVES: Final = Moves(
    CONVENTION_MOVES,
    ImpossibleAct,
    lambda: _("Cette convention est « %(state)s » : cela ne peut plus, ou pas encore, se faire."),
)


def convention_after(state: str, event: ConventionEvent) -> ConventionState:
    """The state of a convention after an event; ImpossibleAct when it cannot happen in this state."""
    return _MOVES.after(ConventionState(state), event)


def convention_events(state: str) -> frozenset[ConventionEvent]:
    """What can happen to a convention in this state."""
    return _MOVES.events(ConventionState(state))


def event_of(kind: str) -> ConventionEvent:
    """What an amendment of a kind does to the convention once adopted."""
    return EVENT_OF.get(AmendmentKind(kind), ConventionEvent.AMEND)
