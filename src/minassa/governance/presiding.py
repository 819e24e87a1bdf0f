"""Who presides opens the session and closes it; afterwards its minutes are sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from minassa.governance.acting import Act, acting
from minassa.governance.attending import present, presides, require_quorum
from minassa.governance.composing import day_of
from minassa.governance.convening import put_off_rest
from minassa.governance.errors import ImpossibleAct, NotSeated
from minassa.governance.recusing import recuse_linked
from minassa.governance.session_models import Item, ItemState, Session
from minassa.governance.states import SessionEvent
from minassa.registry.public import Actor

NOT_EXAMINED: Final = gettext_noop("Le point n'a pas été examiné.")


def open_session(actor: Actor, session: Session, at: datetime, *, expected: int | None = None) -> Session:
    """Open a convened session, with its quorum, on its day. NoQuorum, NotSeated, ImpossibleAct."""
    with acting(actor, "session.preside", session, at, expected) as act:
        act.move(SessionEvent.OPEN)
        require_chair(act)
        if day_of(act.at) < day_of(act.session.planned_at):
            raise ImpossibleAct(_("Cette séance est convoquée pour plus tard."), session=act.session.reference)
        require_quorum(act.session)
        act.set(opened_at=act.at)
        act.tell("session.opened", present=[member.seat for member in present(act.session)])
        items = list(Item.objects.filter(session=act.session).order_by("rank"))
        recuse_linked(act, items, present(act.session), day_of(act.session.planned_at))
    return session


def close_session(actor: Actor, session: Session, at: datetime, *, expected: int | None = None) -> Session:
    """Close an open session: what was not decided is put off. ImpossibleAct while a vote is under way."""
    with acting(actor, "session.preside", session, at, expected) as act:
        act.move(SessionEvent.CLOSE)
        require_chair(act)
        if Item.objects.filter(session=act.session, state=ItemState.VOTING).exists():
            raise ImpossibleAct(_("Un vote est en cours : fermez-le d'abord."), session=act.session.reference)
        put_off_rest(act, NOT_EXAMINED)
        act.set(closed_at=act.at)
        act.tell("session.closed")
    return session


def require_chair(act: Act) -> None:
    """Do nothing when the actor is in the session at the seat that presides; NotSeated."""
    if not presides(act.session, act.actor):
        raise NotSeated(_("Seul qui préside la séance peut le faire."), session=act.session.reference)
