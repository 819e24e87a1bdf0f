"""The tables of states of a session and of its items: what can happen, where it leads, under which guard.

Acts look up here and nowhere else. A guard is named here and tested in the module of its act.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from minassa.governance.errors import ImpossibleAct
from minassa.governance.session_models import ItemState, SessionState


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


class SessionMove(NamedTuple):
    """In `state`, `event` leads to `target` if the guard holds; an empty guard always holds."""

    state: SessionState
    event: SessionEvent
    target: SessionState
    guard: str = ""


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


class ItemMove(NamedTuple):
    """In `state`, `event` leads to `target` if the guard holds."""

    state: ItemState
    event: ItemEvent
    target: ItemState
    guard: str = ""


_S, _E = SessionState, SessionEvent
SESSION_MOVES: Final = (
    SessionMove(_S.DRAFT, _E.LIST, _S.DRAFT),
    SessionMove(_S.DRAFT, _E.CONVENE, _S.CONVENED, "an item at least, notice enough"),
    SessionMove(_S.DRAFT, _E.CANCEL, _S.CANCELLED, "a reason is given"),
    SessionMove(_S.CONVENED, _E.ATTEND, _S.CONVENED),
    SessionMove(_S.CONVENED, _E.PREPARE, _S.CONVENED),
    SessionMove(_S.CONVENED, _E.OPEN, _S.OPEN, "quorum, by who presides"),
    SessionMove(_S.CONVENED, _E.CANCEL, _S.CANCELLED, "a reason is given"),
    SessionMove(_S.OPEN, _E.ATTEND, _S.OPEN),
    SessionMove(_S.OPEN, _E.PREPARE, _S.OPEN),
    SessionMove(_S.OPEN, _E.ACT, _S.OPEN),
    SessionMove(_S.OPEN, _E.CLOSE, _S.CLOSED, "no vote under way, by who presides"),
    SessionMove(_S.CLOSED, _E.SEAL, _S.SEALED),
)

_I, _V = ItemState, ItemEvent
ITEM_MOVES: Final = (
    ItemMove(_I.LISTED, _V.RECUSE, _I.LISTED),
    ItemMove(_I.LISTED, _V.ASK_SECRET, _I.LISTED),
    ItemMove(_I.LISTED, _V.PULL_OUT, _I.LISTED, "on the consent list"),
    ItemMove(_I.LISTED, _V.OPEN_VOTE, _I.VOTING, "agenda and file as frozen, quorum without the recused"),
    ItemMove(_I.LISTED, _V.PUT_OFF, _I.PUT_OFF, "a reason is given"),
    ItemMove(_I.VOTING, _V.RECUSE, _I.VOTING, "not voted yet"),
    ItemMove(_I.VOTING, _V.VOTE, _I.VOTING, "attends, not recused, not voted yet"),
    ItemMove(_I.VOTING, _V.ADOPT, _I.ADOPTED, "agenda and file as frozen, quorum, nobody recused has voted, majority"),
    ItemMove(_I.VOTING, _V.REJECT, _I.REJECTED, "agenda and file as frozen, quorum, nobody recused has voted"),
    ItemMove(_I.VOTING, _V.PUT_OFF, _I.PUT_OFF, "a reason is given"),
    ItemMove(_I.VOTING, _V.DISSENT, _I.VOTING),
    ItemMove(_I.ADOPTED, _V.DISSENT, _I.ADOPTED),
    ItemMove(_I.REJECTED, _V.DISSENT, _I.REJECTED),
)

FINAL_STATES: Final = frozenset({_S.SEALED, _S.CANCELLED})
"""Nothing leads out of them."""
DECIDED: Final = frozenset({_I.ADOPTED, _I.REJECTED})
ENDED: Final = DECIDED | {_I.PUT_OFF}
"""An item in one of these is never voted again: what was put off is put on another agenda."""

_SESSION: Final = {(move.state, move.event): move for move in SESSION_MOVES}
_ITEM: Final = {(move.state, move.event): move for move in ITEM_MOVES}


def session_after(state: str, event: SessionEvent) -> SessionState:
    """The state of a session after an event; ImpossibleAct when it cannot happen in this state."""
    move = _SESSION.get((SessionState(state), event))
    if move is None:
        raise ImpossibleAct(
            _("Cette séance est « %(state)s » : cela ne peut plus, ou pas encore, se faire.")
            % {"state": SessionState(state).label},
            state=str(state),
            event=str(event),
        )
    return move.target


def item_after(state: str, event: ItemEvent) -> ItemState:
    """The state of an item after an event; ImpossibleAct when it cannot happen in this state."""
    move = _ITEM.get((ItemState(state), event))
    if move is None:
        raise ImpossibleAct(
            _("Ce point est « %(state)s » : cela ne peut plus, ou pas encore, se faire.")
            % {"state": ItemState(state).label},
            state=str(state),
            event=str(event),
        )
    return move.target


def session_events(state: str) -> frozenset[SessionEvent]:
    """What can happen to a session in this state."""
    return frozenset(event for (source, event) in _SESSION if source == state)


def item_events(state: str) -> frozenset[ItemEvent]:
    """What can happen to an item in this state."""
    return frozenset(event for (source, event) in _ITEM if source == state)
