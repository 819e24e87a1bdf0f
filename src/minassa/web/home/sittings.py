"""What committees ask of a member or of the secretariat: the votes that wait, the next session, what is to prepare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from minassa.governance.models import Session, SessionState
from minassa.governance.public import ItemState, sessions_for
from minassa.registry.public import Actor, allowed
from minassa.web.committees.showing import Point, points_of, sittings_of
from minassa.web.committees.wording import committee_names

MOST: Final = 5
LATELY: Final = timedelta(days=1)
"""How long a convened session that did not open is still called the next one."""


def sittings(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The votes open that wait for the reader, sessions open or to come, and minutes to seal."""
    found = sessions_for(actor)
    opened = list(found.filter(state=SessionState.OPEN).order_by("planned_at")[:MOST])
    convened = found.filter(state__in=(SessionState.DRAFT, SessionState.CONVENED), planned_at__gte=now - LATELY)
    names = committee_names()
    return {
        "votes": [(session, point) for session in opened for point in _awaited(session, actor)],
        "open": [(each, names[each.committee]) for each in opened],
        "next": [(each, names[each.committee]) for each in convened.order_by("planned_at")[:MOST]],
        "to_seal": found.filter(state=SessionState.CLOSED).order_by("closed_at")[:MOST],
        "may_prepare": allowed(actor, "session.prepare", None),
    }


def _awaited(session: Session, actor: Actor) -> list[Point]:
    points = points_of(session, sittings_of(session, actor), actor)
    return [point for point in points if point.item.state == ItemState.VOTING and point.mine == "vote"]
