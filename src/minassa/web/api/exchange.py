"""What systems of bodies send to the platform, signed; tokens."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from minassa.onestop.public import replay
from minassa.onestop.receiving import receive_signed
from minassa.registry.public import require_token
from minassa.web.api.calling import actor_in, anyone
from minassa.web.api.exchange_shapes import InboxOutcome, ReplayAsked, Replayed, Token, TokenAsked
from minassa.web.api.idempotency import once
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.tokens import LIFE_SECONDS, Bearer, issue

router = Router(tags=["exchange"])
MOST_BYTES = 256 * 1024


@router.post("/token", auth=anyone, response={200: Token, **PROBLEMS}, operation_id="issueToken", summary="Get a token")
def token(request: HttpRequest, given: TokenAsked) -> Any:  # noqa: ANN401, D103
    require_token("api-token", given.client_id, capacity=60, seconds=1)
    return {
        "access_token": issue(given.client_id, given.client_secret),
        "token_type": "Bearer",
        "expires_in": LIFE_SECONDS,
    }


@router.post(
    "/inbox",
    auth=Bearer(),
    response={200: InboxOutcome, **PROBLEMS},
    operation_id="receiveMessage",
    summary="Receive a signed message of a body (CloudEvents, Standard Webhooks headers)",
    openapi_extra={"requestBody": {"content": {"application/cloudevents+json": {"schema": {"type": "object"}}}}},
)
def inbox(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    if len(request.body) > MOST_BYTES:
        raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", _("Le message dépasse 256 ko."))
    received = receive_signed(
        actor_in(request, "tasks:answer").client_body, dict(request.headers), request.body, timezone.now()
    )
    return {"accepted": received.accepted, "again": received.again, "outcome": received.outcome}


@router.post(
    "/messages/replay",
    response={200: Replayed, **PROBLEMS},
    operation_id="replayMessages",
    summary="Send delivered messages again, under the same numbers, to a body that lost them",
)
@once
def replay_messages(request: HttpRequest, response: HttpResponse, given: ReplayAsked) -> tuple[int, dict[str, Any]]:  # noqa: D103
    actor = actor_in(request, "tasks:read")
    destination = given.destination or actor.client_body or min(actor.bodies("supervisor"), default="")
    count = replay(actor, destination, timezone.now(), since=given.since, after=given.after)
    return 200, {"destination": destination, "messages": count}
