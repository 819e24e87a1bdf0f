"""Claims by the API: lists, one claim, its lines, the acts of the firm."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.claims.models import Claim, ClaimState, Line
from minassa.claims.public import (
    check,
    claims_for,
    contest,
    flagged_reasons,
    held_parts,
    payable,
    reply,
    sign,
    unmet_conditions,
)
from minassa.entitlements.amounts import PERSONLESS, person_text
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status
from minassa.web.api.calling import actor_in
from minassa.web.api.claim_shapes import (
    ClaimPage,
    ClaimReference,
    ClaimShown,
    ClaimWhole,
    ContestGiven,
    LinePage,
    Measure,
    ReplyGiven,
)
from minassa.web.api.idempotency import once
from minassa.web.api.preconditions import expected, stamped
from minassa.web.api.problems import PROBLEMS, ApiError

router = Router(tags=["claims"])
Reference = Annotated[ClaimReference, Path()]
Cursor = Annotated[int, Query(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Query(ge=1, le=200)]
_STATUSES = tuple(Status)


def visible_claim(actor: Actor, reference: str) -> Claim:
    """A claim that the caller may open; ApiError 404 for one that they may not know of."""
    claim = Claim.objects.select_related("enterprise").filter(reference=reference).first()
    if claim is None or not allowed(actor, "claim.open", claim):
        raise ApiError(HTTPStatus.NOT_FOUND, "claim-unknown", _("Aucune demande ne porte cette référence pour vous."))
    return claim


@router.get("", response={200: ClaimPage, **PROBLEMS}, operation_id="listClaims", summary="Claims the caller may see")
def list_claims(  # noqa: D103
    request: HttpRequest,
    state: Annotated[str, Query(max_length=12, pattern=r"^[a-z_]*$")] = "",
    measure: Annotated[Measure, Query()] = "",
    cursor: Cursor = 0,
    limit: Limit = 25,
) -> Any:  # noqa: ANN401
    rows = claims_for(actor_in(request)).order_by("-pk")
    if state:
        rows = rows.filter(state=known_state(state))
    if measure:
        rows = rows.filter(measure=measure)
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: limit + 1])
    return {
        "items": [claim_shown(claim) for claim in found[:limit]],
        "next": found[limit - 1].pk if len(found) > limit else None,
    }


def known_state(state: str) -> str:
    """A state of claims; ApiError 422 for another word."""
    if state not in ClaimState.values:
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "state-unknown", _("Cet état de demande n'existe pas."))
    return state


@router.get("/{claim}", response={200: ClaimWhole, **PROBLEMS}, operation_id="readClaim", summary="One claim")
def read_claim(request: HttpRequest, response: HttpResponse, claim: Reference) -> Any:  # noqa: ANN401, D103
    found = visible_claim(actor_in(request), claim)
    stamped(response, found)
    return claim_whole(found)


@router.get(
    "/{claim}/lines", response={200: LinePage, **PROBLEMS}, operation_id="listClaimLines", summary="Lines of a claim"
)
def list_lines(request: HttpRequest, claim: Reference, cursor: Cursor = 0, limit: Limit = 100) -> Any:  # noqa: ANN401, D103
    found = visible_claim(actor_in(request), claim)
    rows = list(Line.objects.filter(claim=found, pk__gt=cursor).order_by("pk")[: limit + 1])
    held = held_parts(found)
    return {
        "items": [line_shown(found, row, held.get(row.pk, 0)) for row in rows[:limit]],
        "next": rows[limit - 1].pk if len(rows) > limit else None,
    }


ACT: dict[Any, Any] = {200: ClaimShown, **PROBLEMS}


def act(
    request: HttpRequest, response: HttpResponse, reference: str, do: Callable[[Actor, Claim, int], object]
) -> tuple[int, dict[str, Any]]:
    """One act on the version of a claim that the caller read; the claim after it."""
    actor, version = actor_in(request), expected(request)
    claim = visible_claim(actor, reference)
    do(actor, claim, version)
    stamped(response, claim)
    shown = claim_shown(claim)
    return 200, {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in shown.items()}


@router.post("/{claim}/check", response=ACT, operation_id="checkClaim", summary="Say that the claim was checked")
@once
def check_claim(request: HttpRequest, response: HttpResponse, claim: Reference) -> tuple[int, dict[str, Any]]:  # noqa: D103
    return act(request, response, claim, lambda who, one, seen: check(who, one, timezone.now(), expected=seen))


@router.post("/{claim}/sign", response=ACT, operation_id="signClaim", summary="Sign the frozen content")
@once
def sign_claim(request: HttpRequest, response: HttpResponse, claim: Reference) -> tuple[int, dict[str, Any]]:  # noqa: D103
    return act(request, response, claim, lambda who, one, seen: sign(who, one, timezone.now(), expected=seen))


@router.post("/{claim}/contest", response=ACT, operation_id="contestClaim", summary="Contest a line before signing")
@once
def contest_claim(  # noqa: D103
    request: HttpRequest, response: HttpResponse, claim: Reference, given: ContestGiven
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, one: Claim, version: int) -> object:
        return contest(actor, one, given.line, given.reason, timezone.now(), expected=version)

    return act(request, response, claim, do)


@router.post("/{claim}/reply", response=ACT, operation_id="replyClaim", summary="Answer before a cut or a refusal")
@once
def reply_claim(  # noqa: D103
    request: HttpRequest, response: HttpResponse, claim: Reference, given: ReplyGiven
) -> tuple[int, dict[str, Any]]:
    answered = partial(reply, text=given.text)
    return act(request, response, claim, lambda who, one, seen: answered(who, one, at=timezone.now(), expected=seen))


_PLAIN = (
    *("reference", "measure", "period", "state", "version", "line_count", "entitled_count", "total_cents"),
    *("provisional_cents", "accepted_cents", "paid_cents", "opened_at", "contest_by", "sign_by", "signed_at"),
    *("hearing_until", "decided_at"),
)


def claim_shown(claim: Claim) -> dict[str, Any]:
    """A claim as shown in a list."""
    return {
        **{name: getattr(claim, name) for name in _PLAIN},
        "uuid": str(claim.uuid),
        "enterprise_ice": claim.enterprise.ice,
        "status": str(_STATUSES[claim.status]),
        "digest": claim.content_digest,
    }


def claim_whole(claim: Claim) -> dict[str, Any]:
    """A claim with what it froze and what became of it."""
    money = payable(claim)
    names = ("accepted", "withdrawn", "blocked", "paid", "now", "left")
    return {
        **claim_shown(claim),
        **{name: getattr(claim, name) for name in ("run", "lake_versions", "offer_digest", "conditions", "score")},
        "known_until": format_month(claim.known_until),
        "reasons": claim.reasons,
        "rulings": [
            {"by": _named(one.by), **{name: getattr(one, name) for name in ("event", "ground", "cents", "at")}}
            for one in claim.rulings.order_by("pk")
        ],
        "payable": {f"{name}_cents": getattr(money, name) for name in names},
    }


def _named(by: str) -> str:
    """Who ruled, as shown: the item of a committee; of anyone else the kind alone, never whose account."""
    kind, _colon, name = by.partition(":")
    return name if kind == "sitting" else kind


def line_shown(claim: Claim, line: Line, held_cents: int) -> dict[str, Any]:
    """A line of a claim, its employee by a pseudonym; so much of it waits for someone to look at it."""
    plain = ("cumulative_cents", "earlier_cents", "amount_cents", "entitled", "provisional")
    return {
        **{name: getattr(line, name) for name in plain},
        "id": line.pk,
        "person": str(PERSONLESS) if line.person == PERSONLESS else person_text(line.person),
        "hired_month": format_month(line.hired_month) if line.hired_month else None,
        "period_start": format_month(line.period_start),
        "period_end": format_month(line.period_end),
        "status": str(_STATUSES[line.status]),
        "unmet": unmet_conditions(claim, line.unmet),
        "reasons": flagged_reasons(line.flags),
        "held": held_cents > 0,
        "held_cents": held_cents,
    }
