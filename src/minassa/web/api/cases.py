"""Cases by the API: lists, one case, its minute ledger, the acts of the enterprise and of who decides."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.onestop.models import Case
from minassa.onestop.public import (
    CaseState,
    Filters,
    appeal,
    cases_for,
    decide,
    messages_for,
    open_case,
    save_draft,
    say,
    sign,
    submit,
    timeline,
    view_for,
    withdraw,
)
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed, require
from minassa.statements import Compiled, Given, hold
from minassa.web.api.calling import actor_in
from minassa.web.api.idempotency import once
from minassa.web.api.preconditions import expected, stamped
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import (
    AnswersGiven,
    CaseAsked,
    CasePage,
    CaseShown,
    CaseWhole,
    DecisionGiven,
    MessageGiven,
    MessageShown,
    Motive,
    Reference,
    Timeline,
)
from minassa.web.api.showing import case_shown, case_whole

router = Router(tags=["cases"])
READ = "cases:read"


def _by_reference() -> QuerySet[Case]:
    rows = Case.objects.select_related("procedure", "enterprise").defer("procedure__content")
    return rows.filter(reference=Given("reference"))


_BY_REFERENCE: Final = Compiled(_by_reference)
_LOCKED: Final = Compiled(lambda: _by_reference().select_for_update(of=("self",)))
_BY_ICE: Final = Compiled(lambda: Enterprise.objects.filter(ice=Given("ice")))


def visible_case(actor: Actor, reference: str, *, to_act: bool = False) -> Case:
    """A case that the caller may open, locked `to_act` on it; ApiError 404 for one that they may not know of."""
    case = (_LOCKED if to_act else _BY_REFERENCE).first(reference=reference)
    if case is not None and to_act:
        hold(case)
    if case is None or not allowed(actor, "case.open", case):
        raise ApiError(HTTPStatus.NOT_FOUND, "case-unknown", _("Aucun dossier ne porte cette référence pour vous."))
    return case


@router.get("", response={200: CasePage, **PROBLEMS}, operation_id="listCases", summary="Cases the caller may see")
def list_cases(  # noqa: D103
    request: HttpRequest,
    state: Annotated[str, Query(max_length=12, pattern=r"^[a-z_]*$")] = "",
    procedure: Annotated[str, Query(max_length=40, pattern=r"^[a-z0-9_-]*$")] = "",
    cursor: Annotated[str, Query(max_length=200, pattern=r"^[A-Za-z0-9_=-]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 25,
) -> Any:  # noqa: ANN401
    filters = Filters(states=(known_state(state),) if state else (), procedure=procedure)
    page = cases_for(actor_in(request, READ), filters, cursor, limit)
    return {"items": [case_shown(case) for case in page.rows], "next": page.next or None}


def known_state(state: str) -> str:
    """A state of cases; ApiError 422 for another word."""
    if state not in CaseState.values:
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "state-unknown", _("Cet état de dossier n'existe pas."))
    return state


@router.post("", response={201: CaseShown, **PROBLEMS}, operation_id="openCase", summary="Open a draft")
@once
def open_new(request: HttpRequest, response: HttpResponse, given: CaseAsked) -> tuple[int, dict[str, Any]]:  # noqa: D103
    actor = actor_in(request)
    enterprise = _BY_ICE.first(ice=given.enterprise_ice)
    if enterprise is None or not allowed(actor, "case.new", enterprise):
        raise ApiError(HTTPStatus.NOT_FOUND, "enterprise-unknown", _("Aucune entreprise ne porte cet ICE pour vous."))
    case = open_case(actor, enterprise, given.procedure, timezone.now())
    stamped(response, case)
    response["Location"] = f"/api/v1/cases/{case.reference}"
    return 201, plain(case)


@router.get("/{reference}", response={200: CaseWhole, **PROBLEMS}, operation_id="readCase", summary="One case")
def read_case(request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()]) -> Any:  # noqa: ANN401, D103
    actor = actor_in(request, READ)
    case = visible_case(actor, reference)
    stamped(response, case)
    return case_whole(view_for(actor, case))


@router.get(
    "/{reference}/timeline", response={200: Timeline, **PROBLEMS}, operation_id="readTimeline", summary="Minute ledger"
)
def read_timeline(request: HttpRequest, reference: Annotated[Reference, Path()]) -> Any:  # noqa: ANN401, D103
    case, until = visible_case(actor_in(request, READ), reference), timezone.now()
    spans = [
        {
            "holders": list(segment.holders),
            "ground": segment.ground,
            "starts_at": segment.start,
            "ends_at": segment.end,
            "seconds": segment.end - segment.start,
        }
        for segment in timeline(case, until).segments
    ]
    return {"until": until, "spans": spans}


@router.get(
    "/{reference}/messages",
    response={200: list[MessageShown], **PROBLEMS},
    operation_id="listMessages",
    summary="Messages",
)
def list_messages(request: HttpRequest, reference: Annotated[Reference, Path()]) -> Any:  # noqa: ANN401, D103
    actor = actor_in(request, READ)
    return [message_shown(row) for row in messages_for(actor, visible_case(actor, reference))[:200]]


@router.post(
    "/{reference}/messages", response={201: MessageShown, **PROBLEMS}, operation_id="writeMessage", summary="Write"
)
@once
def write_message(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: MessageGiven
) -> tuple[int, dict[str, Any]]:
    actor = actor_in(request, "messages:write")
    row = say(actor, visible_case(actor, reference), given.text, given.body_code, timezone.now())
    return 201, {**message_shown(row), "at": row.at.isoformat()}


def message_shown(row: Any) -> dict[str, Any]:  # noqa: ANN401 (a Message)
    """A message as shown."""
    return {"id": row.pk, "author": row.author, "body_code": row.body_code, "text": row.text, "at": row.at}


def plain(case: Case) -> dict[str, Any]:
    """A case as kept with the answer to a request: instants as text."""
    shown = case_shown(case)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in shown.items()}


def act(
    request: HttpRequest, response: HttpResponse, reference: str, do: Callable[[Actor, Case, int], Case]
) -> tuple[int, Any]:
    """One act on the version of a case that the caller read."""
    actor = actor_in(request)
    version = expected(request)
    case = do(actor, visible_case(actor, reference, to_act=True), version)
    stamped(response, case)
    return 200, plain(case)


ACT: dict[Any, Any] = {200: CaseShown, **PROBLEMS}


@router.put("/{reference}/answers", response=ACT, operation_id="saveAnswers", summary="Save answers of a draft")
@once
def save(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: AnswersGiven
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, case: Case, version: int) -> Case:
        return save_draft(actor, case, given.answers, timezone.now(), expected=version)

    return act(request, response, reference, do)


@router.post("/{reference}/sign", response=ACT, operation_id="signCase", summary="Sign the present content")
@once
def sign_case(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()]
) -> tuple[int, dict[str, Any]]:
    return act(request, response, reference, lambda who, case, seen: sign(who, case, timezone.now(), expected=seen))


@router.post("/{reference}/submit", response=ACT, operation_id="submitCase", summary="Submit to the agencies")
@once
def submit_case(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()]
) -> tuple[int, dict[str, Any]]:
    return act(request, response, reference, lambda who, case, seen: submit(who, case, timezone.now(), expected=seen))


@router.post("/{reference}/withdraw", response=ACT, operation_id="withdrawCase", summary="Withdraw")
@once
def withdraw_case(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()]
) -> tuple[int, dict[str, Any]]:
    return act(request, response, reference, lambda who, case, seen: withdraw(who, case, timezone.now(), expected=seen))


@router.post("/{reference}/decide", response=ACT, operation_id="decideCase", summary="Accept or refuse")
@once
def decide_case(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: DecisionGiven
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, case: Case, version: int) -> Case:
        require(actor, "case.decide", case)
        return decide(actor, case, given.favourable, given.ground, timezone.now(), expected=version)

    return act(request, response, reference, do)


@router.post("/{reference}/appeal", response=ACT, operation_id="appealCase", summary="Appeal a refusal")
@once
def appeal_case(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: Motive
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, case: Case, version: int) -> Case:
        return appeal(actor, case, given.ground, timezone.now(), expected=version)

    return act(request, response, reference, do)
