"""The table of states of a claim: what can happen, where it leads, under which guard.

Acts look up here and nowhere else. A guard is named here and tested in the module of its act.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.claims.claim_models import ClaimState
from minassa.claims.errors import ImpossibleAct
from minassa.vocabulary.moves import Move, Moves


class ClaimEvent(StrEnum):
    """What can happen to a claim."""

    CHECK = "check"
    """Someone of the firm has looked at it: it may be signed."""
    CONTEST = "contest"
    ANSWER = "answer"
    """A contest of the firm was answered, and another one still waits."""
    SETTLE = "settle"
    """The last contest of the firm was answered."""
    SUPERSEDE = "supersede"
    """New declarations gave other amounts: another claim takes its place."""
    EXPIRE = "expire"
    SIGN = "sign"
    CONTROL = "control"
    """It was drawn for a control."""
    PASS = "pass"  # noqa: S105 (not a password)
    """It was not drawn, or no control is held: it goes to those who decide."""
    CONCLUDE = "conclude"
    PROPOSE = "propose"
    """A cut or a refusal is proposed: the firm is heard first."""
    REPLY = "reply"
    LAPSE = "lapse"
    ACCEPT = "accept"
    CUT = "cut"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    PAY_PART = "pay_part"
    PAY = "pay"
    RETURN = "return"
    """The bank sent the money back: it is owed again."""
    RETURN_CUT = "return_cut"
    """The same, of a claim accepted in part."""


_S, _E = ClaimState, ClaimEvent
CLAIM_MOVES: Final = (
    Move(_S.OPEN, _E.CHECK, _S.OPEN),
    Move(_S.OPEN, _E.CONTEST, _S.CONTESTED, "within the delay to contest"),
    Move(_S.OPEN, _E.SUPERSEDE, _S.SUPERSEDED, "the lines differ"),
    Move(_S.OPEN, _E.SIGN, _S.SIGNED, "checked, by another hand where the firm has one, within its delay"),
    Move(_S.OPEN, _E.EXPIRE, _S.EXPIRED, "the delay to sign is past"),
    Move(_S.CONTESTED, _E.CONTEST, _S.CONTESTED, "within the delay to contest"),
    Move(_S.CONTESTED, _E.ANSWER, _S.CONTESTED, "another contest waits"),
    Move(_S.CONTESTED, _E.SETTLE, _S.OPEN, "no contest waits; the delay to sign is put off meanwhile"),
    Move(_S.CONTESTED, _E.SUPERSEDE, _S.SUPERSEDED, "the lines differ"),
    Move(_S.SIGNED, _E.CONTROL, _S.IN_CONTROL, "drawn"),
    Move(_S.SIGNED, _E.PASS, _S.TO_DECIDE),
    Move(_S.IN_CONTROL, _E.CONCLUDE, _S.TO_DECIDE),
    Move(_S.TO_DECIDE, _E.PROPOSE, _S.HEARING, "a ground is given"),
    Move(_S.TO_DECIDE, _E.ACCEPT, _S.ACCEPTED),
    Move(_S.TO_DECIDE, _E.CUT, _S.CUT, "heard, a ground is given"),
    Move(_S.TO_DECIDE, _E.REFUSE, _S.REFUSED, "heard, a ground is given"),
    Move(_S.TO_DECIDE, _E.SUSPEND, _S.SUSPENDED, "a ground is given"),
    Move(_S.HEARING, _E.REPLY, _S.TO_DECIDE),
    Move(_S.HEARING, _E.LAPSE, _S.TO_DECIDE, "the delay to reply is past"),
    Move(_S.SUSPENDED, _E.RESUME, _S.TO_DECIDE, "a ground is given"),
    Move(_S.ACCEPTED, _E.PAY_PART, _S.ACCEPTED, "within what is payable"),
    Move(_S.ACCEPTED, _E.PAY, _S.PAID, "within what is payable, nothing left"),
    Move(_S.CUT, _E.PAY_PART, _S.CUT, "within what is payable"),
    Move(_S.CUT, _E.PAY, _S.PAID, "within what is payable, nothing left"),
    Move(_S.ACCEPTED, _E.RETURN, _S.ACCEPTED, "told by the bank"),
    Move(_S.CUT, _E.RETURN_CUT, _S.CUT, "told by the bank"),
    Move(_S.PAID, _E.RETURN, _S.ACCEPTED, "told by the bank"),
    Move(_S.PAID, _E.RETURN_CUT, _S.CUT, "told by the bank"),
)

FINAL_STATES: Final = frozenset({_S.SUPERSEDED, _S.EXPIRED, _S.REFUSED})
"""Nothing leads out of them. Out of PAID only the bank leads, when it sends the money back."""
BEFORE_SIGNING: Final = frozenset({_S.OPEN, _S.CONTESTED})
"""A new deposit may still put another claim in its place; nobody but the firm and its employees acts on it."""
DECIDED: Final = frozenset({_S.ACCEPTED, _S.CUT, _S.PAID, _S.REFUSED})
GRANTED: Final = frozenset({_S.ACCEPTED, _S.CUT, _S.PAID})
"""Decisions that give money."""
NOT_ASKED: Final = frozenset({_S.SUPERSEDED, _S.EXPIRED})
"""Claims that ask for nothing any more."""

_MOVES: Final = Moves(
    CLAIM_MOVES,
    ImpossibleAct,
    lambda: _("Cette demande est « %(state)s » : cela ne peut plus, ou pas encore, se faire."),
)


def claim_after(state: str, event: ClaimEvent) -> ClaimState:
    """The state of a claim after an event; ImpossibleAct when it cannot happen in this state."""
    return _MOVES.after(ClaimState(state), event)


def claim_events(state: str) -> frozenset[ClaimEvent]:
    """What can happen to a claim in this state."""
    return _MOVES.events(ClaimState(state))
