"""What systems of bodies send to the platform, signed; tokens."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from minassa.onestop.receiving import receive_signed
from minassa.registry.limits import take
from minassa.web.api.cases import PROBLEMS, actor_in
from minassa.web.api.problems import ApiError
from minassa.web.api.shapes import InboxOutcome, Token, TokenAsked
from minassa.web.api.tokens import LIFE_SECONDS, Bearer, issue

router = Router(tags=["exchange"])
MOST_BYTES = 256 * 1024


@router.post("/token", auth=None, response={200: Token, **PROBLEMS}, operation_id="issueToken", summary="Get a token")
def token(request: HttpRequest, given: TokenAsked) -> Any:  # noqa: ANN401, D103
    if not take("api-token", given.client_id, capacity=60, seconds=1):
        raise ApiError(
            HTTPStatus.TOO_MANY_REQUESTS, "too-often", _("Trop de demandes de jeton : réessayez dans une minute.")
        )
    return 200, {
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
    received = receive_signed(actor_in(request).client_body, dict(request.headers), request.body, timezone.now())
    return 200, {"accepted": received.accepted, "again": received.again, "outcome": received.outcome}
