"""What proves and what is stuck: the journal of a case, receipts, messages given up."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.journal.public import Entry, receipt
from minassa.onestop.acting import stream_of, submission_of
from minassa.onestop.models import Case, OutboxMessage
from minassa.onestop.policies import OVERSEERS, WORKERS
from minassa.onestop.public import dead_letters, resend
from minassa.registry.public import Actor, Forbidden, allowed, require, rules
from minassa.web.api.calling import actor_in
from minassa.web.api.cases import READ, visible_case
from minassa.web.api.idempotency import once
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import DeadLetter, EntryPage, Reference

router = Router(tags=["oversight"])
RESEND = "message.resend"


def entry_shown(entry: Entry, *, whole: bool) -> dict[str, Any]:
    """An entry of the journal; how a body answered is left out unless `whole`."""
    body = {name: value for name, value in entry.body.items() if whole or name != "favourable"}
    return {
        **{name: getattr(entry, name) for name in ("number", "at", "kind", "actor")},
        "body": body,
        "hash": bytes(entry.hash).hex(),
        "previous_hash": bytes(entry.previous_hash).hex(),
    }


def sees_answer(actor: Actor, case: Case, entry: Entry) -> bool:
    """Whether the caller may know how a body answered: the body itself, who oversees, everyone once it is decided."""
    told = str(entry.body.get("body", ""))
    return case.decided_at is not None or actor.has_role(*OVERSEERS) or not told or told in actor.bodies(*WORKERS)


@router.get(
    "/cases/{reference}/journal",
    response={200: EntryPage, **PROBLEMS},
    operation_id="readJournal",
    summary="What happened, entry by entry, chained",
)
def read_journal(  # noqa: D103
    request: HttpRequest,
    reference: Annotated[Reference, Path()],
    cursor: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:  # noqa: ANN401
    actor = actor_in(request, READ)
    case = visible_case(actor, reference)
    rows = list(Entry.objects.filter(stream=stream_of(case.pk), number__gt=cursor).order_by("number")[: limit + 1])
    items = [entry_shown(one, whole=sees_answer(actor, case, one)) for one in rows[:limit]]
    return {"items": items, "next": rows[limit - 1].number if len(rows) > limit else None}


@router.get(
    "/cases/{reference}/receipt",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="readReceipt",
    summary="Receipt of the deposit, to be checked offline; ready when its day is published",
)
def read_receipt(request: HttpRequest, reference: Annotated[Reference, Path()]) -> Any:  # noqa: ANN401, D103
    case = visible_case(actor_in(request, READ), reference)
    entry = submission_of(case)
    if entry is None:
        raise ApiError(HTTPStatus.NOT_FOUND, "receipt-unknown", _("Ce dossier n'a pas encore été déposé."))
    return receipt(entry)


def letter_shown(message: OutboxMessage) -> dict[str, Any]:
    """A message given up, without what it says."""
    return {
        "message_id": str(message.message_id),
        "destination": message.destination,
        "kind": message.kind,
        "case": message.case.reference if message.case else None,
        "attempts": message.attempts,
        "last_error": message.last_error,
        "created_at": message.created_at.isoformat(),
        "dead_at": message.dead_at.isoformat() if message.dead_at else None,
    }


def overseer(request: HttpRequest) -> Actor:
    """Who may look at messages given up: an administrator, the supervisor of a body for its own. Forbidden."""
    actor = actor_in(request)
    if not actor.has_role(*rules()[RESEND].roles):
        raise Forbidden(_("Votre rôle ne permet pas cette action."), action=RESEND, actor=str(actor))
    return actor


@router.get(
    "/dead-letters",
    response={200: list[DeadLetter], **PROBLEMS},
    operation_id="listDeadLetters",
    summary="Messages to bodies that were given up",
)
def list_dead_letters(  # noqa: D103
    request: HttpRequest, destination: Annotated[str, Query(max_length=30, pattern=r"^[a-z0-9_-]*$")] = ""
) -> Any:  # noqa: ANN401
    actor = overseer(request)
    return [letter_shown(one) for one in dead_letters(destination) if allowed(actor, RESEND, one)]


@router.post(
    "/dead-letters/{number}/resend",
    response={200: DeadLetter, **PROBLEMS},
    operation_id="resendDeadLetter",
    summary="Send again, under the same number",
)
@once
def resend_letter(request: HttpRequest, response: HttpResponse, number: UUID) -> tuple[int, dict[str, Any]]:  # noqa: D103
    actor = overseer(request)
    message = OutboxMessage.objects.filter(message_id=number).first()
    if message is None or not allowed(actor, RESEND, message):
        raise ApiError(HTTPStatus.NOT_FOUND, "message-unknown", _("Aucun message abandonné ne porte ce numéro."))
    require(actor, RESEND, message)
    return 200, letter_shown(resend(actor, number, timezone.now()))
