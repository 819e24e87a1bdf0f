"""The page of a session: where it stands, who is there, the quorum, the agenda and what became of each item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from minassa.governance.models import Session, SessionState
from minassa.governance.public import (
    ItemState,
    SessionEvent,
    minutes_hold,
    presides,
    quorum,
    session_events,
    session_view,
)
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.committees.showing import counted, points_of, sittings_of
from minassa.web.committees.subjects import the_session
from minassa.web.committees.wording import committee_names, rules_in_words


@require_GET
@page("session.view", subject=the_session)
def session_page(request: PageRequest, session: Session) -> HttpResponse:
    """The page of a session."""
    return show_session(request, session)


def show_session(
    request: PageRequest, session: Session, *, failed: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of a session; `failed`: the act that was refused, and the problem said beside it."""
    actor = request.actor
    seated = sittings_of(session, actor)
    points = points_of(session, seated, actor)
    context = {
        "session": session,
        "committee": committee_names()[session.committee],
        "seats": seated,
        "counted": counted(seated),
        "quorum": quorum(session) if session.seats else None,
        "points": points,
        "rules": rules_in_words(session_view(actor, session).rules),
        "minutes_hold": minutes_hold(session) if session.state == SessionState.SEALED else None,
        "voting": [point for point in points if point.item.state == ItemState.VOTING],
        "failed": failed,
        "problem": problem,
        **may(actor, session),
    }
    return render(request, "web/committees/session.html", context, status=status)


def may(actor: Actor, session: Session) -> Mapping[str, Any]:
    """What the reader may do in a session as it stands."""
    events = session_events(session.state)
    secretariat = allowed(actor, "session.prepare", session)
    return {
        "may_list": secretariat and SessionEvent.LIST in events,
        "may_cancel": SessionEvent.CANCEL in events and allowed(actor, "session.convene", session),
        "may_note": SessionEvent.ATTEND in events and (secretariat or presides(session, actor)),
        "may_come": SessionEvent.ATTEND in events and allowed(actor, "session.vote", session),
        "may_open": SessionEvent.OPEN in events and allowed(actor, "session.preside", session),
        "may_preside": SessionEvent.ACT in events and allowed(actor, "session.preside", session),
        "may_seal": SessionEvent.SEAL in events and allowed(actor, "session.seal", session),
        "may_vote": SessionEvent.PREPARE in events and allowed(actor, "session.vote", session),
    }
