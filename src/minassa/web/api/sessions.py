"""Committees by the API, to be read: their sessions, and what each item decided."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.governance.models import Item, Session
from minassa.governance.public import session_view, sessions_for
from minassa.registry.public import allowed
from minassa.web.api.calling import actor_in
from minassa.web.api.claim_shapes import SessionPage, SessionReference, SessionWhole
from minassa.web.api.preconditions import stamped
from minassa.web.api.problems import PROBLEMS, ApiError

router = Router(tags=["committees"])
_SESSION = (
    *("reference", "committee", "state", "version", "planned_at", "place", "convened_at", "opened_at", "closed_at"),
    *("sealed_at", "minutes_digest"),
)
_ITEM = (
    *("kind", "subject", "title", "decision", "state", "secret", "digest", "put_off_reason", "ended_at", "outcome"),
)


@router.get("", response={200: SessionPage, **PROBLEMS}, operation_id="listSessions", summary="Sessions of committees")
def list_sessions(  # noqa: D103
    request: HttpRequest,
    cursor: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 25,
) -> Any:  # noqa: ANN401
    rows = sessions_for(actor_in(request)).order_by("-pk")
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: limit + 1])
    return {
        "items": [session_shown(one) for one in found[:limit]],
        "next": found[limit - 1].pk if len(found) > limit else None,
    }


@router.get(
    "/{session}",
    response={200: SessionWhole, **PROBLEMS},
    operation_id="readSession",
    summary="One session, with what each item of its agenda decided",
)
def read_session(  # noqa: D103
    request: HttpRequest, response: HttpResponse, session: Annotated[SessionReference, Path()]
) -> Any:  # noqa: ANN401
    actor = actor_in(request)
    found = Session.objects.filter(reference=session).first()
    if found is None or not allowed(actor, "session.view", found):
        raise ApiError(HTTPStatus.NOT_FOUND, "session-unknown", _("Aucune séance ne porte cette référence pour vous."))
    stamped(response, found)
    view = session_view(actor, found)
    return {**session_shown(found), "items": [decision_shown(found, item) for item in view.items]}


def session_shown(session: Session) -> dict[str, Any]:
    """A session as shown in a list."""
    return {**{name: getattr(session, name) for name in _SESSION}, "uuid": str(session.uuid)}


def decision_shown(session: Session, item: Item) -> dict[str, Any]:
    """An item as shown, under the reference that rulings and the journal give it."""
    return {**{name: getattr(item, name) for name in _ITEM}, "reference": f"{session.reference}/{item.rank}"}
