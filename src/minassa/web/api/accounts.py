"""Money by the API, to be read: where the money of a firm's claims stands, and the credits of the offer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.claims.public import ClaimMoney, money_of
from minassa.ledger.models import Envelope
from minassa.registry.models import Enterprise
from minassa.registry.public import allowed, require
from minassa.web.api.calling import actor_in
from minassa.web.api.claim_shapes import ClaimMoneyShown, EnvelopeShown
from minassa.web.api.problems import PROBLEMS, ApiError

router = Router(tags=["money"])
_AMOUNTS = (
    *("asked", "accepted", "withdrawn", "blocked", "awaiting_credits", "at_bank", "paid", "left"),
    "to_give_back",
)


@router.get(
    "/enterprises/{ice}/statement",
    response={200: list[ClaimMoneyShown], **PROBLEMS},
    operation_id="readStatement",
    summary="Where the money of each claim of a firm stands",
)
def read_statement(  # noqa: D103
    request: HttpRequest, ice: Annotated[str, Path(pattern=r"^[0-9]{15}$")]
) -> Any:  # noqa: ANN401
    actor = actor_in(request)
    enterprise = Enterprise.objects.filter(ice=ice).first()
    if enterprise is None or not allowed(actor, "statement.view", enterprise):
        raise ApiError(HTTPStatus.NOT_FOUND, "enterprise-unknown", _("Aucune entreprise ne porte cet ICE pour vous."))
    return [money_shown(one) for one in money_of(actor, enterprise, timezone.now())]


def money_shown(money: ClaimMoney) -> dict[str, Any]:
    """The money of a claim as shown."""
    return {
        **{f"{name}_cents": getattr(money, name) for name in _AMOUNTS},
        "claim": money.claim.reference,
        "measure": money.claim.measure,
        "period": money.claim.period,
        "next_on": money.next_on,
        "code": money.code,
        "reason": str(money.reason),
    }


@router.get(
    "/envelopes",
    response={200: list[EnvelopeShown], **PROBLEMS},
    operation_id="listEnvelopes",
    summary="Credits of the offer, by measure, year and body",
)
def list_envelopes(  # noqa: D103
    request: HttpRequest, year: Annotated[int, Query(ge=0, le=9_999)] = 0
) -> Any:  # noqa: ANN401
    require(actor_in(request), "ledger.view", None)
    rows = Envelope.objects.order_by("-budget_year", "measure", "body")
    if year:
        rows = rows.filter(budget_year=year)
    return [
        {
            "measure": row.measure,
            "budget_year": row.budget_year,
            "body": row.body,
            "authorised_cents": row.authorised,
            "committed_cents": row.committed,
        }
        for row in rows
    ]
