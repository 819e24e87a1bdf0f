"""The tables of states of a session and of its items: what can happen, where it leads, under which guard.

Acts look up here and nowhere else. A guard is named here and tested in the module of its act.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.governance.errors import ImpossibleAct
from minassa.governance.session_models import ItemState, SessionState
from minassa.vocabulary.moves import Move, Moves


class SessionEvent(StrEnum):
    """What can happen to a session."""

    LIST = "list"
    """An item is put on its agenda, or taken off."""
    CONVENE = "convene"
    """Agenda, files, rules and seats are frozen."""
    ATTEND = "attend"
    """A member comes in or goes out."""
    PREPARE = "prepare"
    """Before any vote: a member stands aside, asks for secrecy, takes an item out of the consent list."""
    OPEN = "open"
    ACT = "act"
    """A vote is opened, cast or closed, an item put off, a disagreement written."""
    CLOSE = "close"
    SEAL = "seal"
    CANCEL = "cancel"


class ItemEvent(StrEnum):
    """What can happen to an item."""

    RECUSE = "recuse"
    ASK_SECRET = "ask_secret"  # noqa: S105 (not a password)
    PULL_OUT = "pull_out"
    OPEN_VOTE = "open_vote"
    VOTE = "vote"
    ADOPT = "adopt"
    REJECT = "reject"
    PUT_OFF = "put_off"
    DISSENT = "dissent"


_S, _E = SessionState, SessionEvent
SESSION_MOVES: Final = (
    Move(_S.DRAFT, _E.LIST, _S.DRAFT),
    Move(_S.DRAFT, _E.CONVENE, _S.CONVENED, "an item at least, notice enough"),
    Move(_S.DRAFT, _E.CANCEL, _S.CANCELLED, "a reason is given"),
    Move(_S.CONVENED, _E.ATTEND, _S.CONVENED),
    Move(_S.CONVENED, _E.PREPARE, _S.CONVENED),
    Move(_S.CONVENED, _E.OPEN, _S.OPEN, "quorum, by who presides"),
    Move(_S.CONVENED, _E.CANCEL, _S.CANCELLED, "a reason is given"),
    Move(_S.OPEN, _E.ATTEND, _S.OPEN),
    Move(_S.OPEN, _E.PREPARE, _S.OPEN),
    Move(_S.OPEN, _E.ACT, _S.OPEN),
    Move(_S.OPEN, _E.CLOSE, _S.CLOSED, "no vote under way, by who presides"),
    Move(_S.CLOSED, _E.SEAL, _S.SEALED),
)

_I, _V = ItemState, ItemEvent
ITEM_MOVES: Final = (
    Move(_I.LISTED, _V.RECUSE, _I.LISTED),
    Move(_I.LISTED, _V.ASK_SECRET, _I.LISTED),
    Move(_I.LISTED, _V.PULL_OUT, _I.LISTED, "on the consent list"),
    Move(_I.LISTED, _V.OPEN_VOTE, _I.VOTING, "agenda and file as frozen, quorum without the recused"),
    Move(_I.LISTED, _V.PUT_OFF, _I.PUT_OFF, "a reason is given"),
    Move(_I.VOTING, _V.RECUSE, _I.VOTING, "not voted yet"),
    Move(_I.VOTING, _V.VOTE, _I.VOTING, "attends, not recused, not voted yet"),
    Move(_I.VOTING, _V.ADOPT, _I.ADOPTED, "agenda and file as frozen, quorum, nobody recused has voted, majority"),
    Move(_I.VOTING, _V.REJECT, _I.REJECTED, "agenda and file as frozen, quorum, nobody recused has voted"),
    Move(_I.VOTING, _V.PUT_OFF, _I.PUT_OFF, "a reason is given"),
    Move(_I.VOTING, _V.DISSENT, _I.VOTING),
    Move(_I.ADOPTED, _V.DISSENT, _I.ADOPTED),
    Move(_I.REJECTED, _V.DISSENT, _I.REJECTED),
)

FINAL_STATES: Final = frozenset({_S.SEALED, _S.CANCELLED})
"""Nothing leads out of them."""
DECIDED: Final = frozenset({_I.ADOPTED, _I.REJECTED})
ENDED: Final = DECIDED | {_I.PUT_OFF}
"""An item in one of these is never voted again: what was put off is put on another agenda."""

_SESSION: Final = Moves(
    SESSION_MOVES,
    ImpossibleAct,
    lambda: _("Cette séance est « %(state)s » : cela ne peut plus, ou pas encore, se faire."),
)
_ITEM: Final = Moves(
    ITEM_MOVES,
    ImpossibleAct,
    lambda: _("Ce point est « %(state)s » : cela ne peut plus, ou pas encore, se faire."),
)


def session_after(state: str, event: SessionEvent) -> SessionState:
    """The state of a session after an event; ImpossibleAct when it cannot happen in this state."""
    return _SESSION.after(SessionState(state), event)


def item_after(state: str, event: ItemEvent) -> ItemState:
    """The state of an item after an event; ImpossibleAct when it cannot happen in this state."""
    return _ITEM.after(ItemState(state), event)


def session_events(state: str) -> frozenset[SessionEvent]:
    """What can happen to a session in this state."""
    return _SESSION.events(SessionState(state))


def item_events(state: str) -> frozenset[ItemEvent]:
    """What can happen to an item in this state."""
    return _ITEM.events(ItemState(state))
