"""The page of one case: where it stands, who held it, what is asked of the reader, and everything in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.journal.public import Entry
from minassa.onestop.acting import stream_of
from minassa.onestop.models import Case, Decision, Message, Task
from minassa.onestop.public import CaseError, CaseState, CaseView, Procedure, timeline, view_for
from minassa.onestop.viewing import ShownTask
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.log import log_of
from minassa.web.cases.showing import (
    Answer,
    Deadline,
    answer,
    asked_name,
    body_names,
    deadline,
    holder_name,
    step_name,
)
from minassa.web.cases.subjects import the_case
from minassa.web.cases.track import track_words
from minassa.web.journaled import hands_of

_WITHDRAWN_FROM: Final = frozenset({CaseState.DRAFT, CaseState.TO_SIGN, CaseState.IN_REVIEW, CaseState.COMPLEMENT})
_DECIDED_FROM: Final = frozenset({CaseState.TO_DECIDE, CaseState.APPEALED})


@dataclass(frozen=True, slots=True)
class Lane:
    """The task of a body as the reader may see it."""

    task: Task
    full: bool
    body: str
    step: str
    deadline: Deadline | None
    mine: bool
    ground: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message: by whom, to whom."""

    message: Message
    who: str
    to: str
    own: bool


@require_GET
@page("case.open", subject=the_case)
def case_page(request: PageRequest, case: Case) -> HttpResponse:
    """The page of a case."""
    return show_case(request, case)


def show_case(
    request: PageRequest,
    case: Case,
    *,
    failed: str = "",
    error: CaseError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a case; `failed`: the form whose act was refused, shown beside it with what was typed."""
    actor, now = request.actor, timezone.now()
    view, names = view_for(actor, case), body_names()
    context = {
        "case": case,
        "view": view,
        "procedure": view.procedure,
        "timeline": timeline(case, now),
        "names": names,
        "holder": holder_name(case),
        "shown_due": case.due_at if case.due_at and (not case.closed_at or case.closed_at > case.due_at) else None,
        "deadline": None if case.closed_at else deadline(case.due_at, now),
        "lanes": lanes_of(actor, view, names, now),
        "answers": shown_answers(view),
        "messages_said": said_in(actor, view, names),
        "recipients": recipients(actor, view, names),
        "items": _items(view, names),
        "answer_by": deadline(view.complement.answer_by, now) if view.complement else None,
        "decisions": [(one, _decider(one, names)) for one in view.decisions],
        "track": _track(case, view.procedure),
        "log": log_of(actor, case, view.procedure, names),
        "failed": failed,
        "error": error,
        "typed": request.POST,
        **_may(actor, case),
    }
    return render(request, "web/cases/case.html", context, status=status)


def _track(case: Case, procedure: Procedure) -> str:
    """Why a case goes fast, or does not; nothing where the procedure has no faster way."""
    if procedure.fast is None or case.submitted_at is None:
        return ""
    told = Entry.objects.filter(stream=stream_of(case.pk), kind="case.track").order_by("-number").first()
    return track_words(told.body) if told else ""


def _may(actor: Actor, case: Case) -> Mapping[str, bool]:
    """What the reader may do now."""
    firm = allowed(actor, "case.edit", case)
    return {
        "may_edit": firm and case.state in {CaseState.DRAFT, CaseState.TO_SIGN},
        "may_complete": firm and case.state == CaseState.COMPLEMENT,
        "may_withdraw": case.state in _WITHDRAWN_FROM and allowed(actor, "case.withdraw", case),
        "may_decide": case.state in _DECIDED_FROM and allowed(actor, "case.decide", case),
        "may_appeal": case.state == CaseState.REFUSED
        and allowed(actor, "case.appeal", case)
        and not Decision.objects.filter(case=case, on_appeal=True).exists(),
        "may_say": allowed(actor, "case.message", case),
        "has_receipt": case.submitted_at is not None,
    }


def shown_answers(view: CaseView) -> list[Answer]:
    """The answers that the reader may see, in words."""
    return [answer(shown.field, shown.value) for shown in view.fields]


def lanes_of(actor: Actor, view: CaseView, names: Mapping[str, str], now: datetime) -> list[Lane]:
    """What each body has to answer, as the reader may see it."""
    return [_lane(actor, shown, view, names, now) for shown in view.tasks]


def _lane(actor: Actor, shown: ShownTask, view: CaseView, names: Mapping[str, str], now: datetime) -> Lane:
    task = shown.task
    due = deadline(task.due_at, now) if task.state in {"open", "proposed"} else None
    mine = allowed(actor, "task.open", task)
    body = names.get(task.body.code, task.body.name)
    return Lane(
        task, shown.full, body, step_name(view.procedure, task.step), due, mine, task.ground if shown.full else ""
    )


def said_in(actor: Actor, view: CaseView, names: dict[str, str]) -> list[Said]:
    """The messages that the reader may see, the oldest first."""
    hands = hands_of(actor, {message.author for message in view.messages}, names)
    return [
        Said(
            message,
            hands[message.author],
            names.get(message.body_code, message.body_code),
            message.author == str(actor),
        )
        for message in view.messages
    ]


def recipients(actor: Actor, view: CaseView, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """To whom the reader may reserve a message: the firm, to one body of the case; a body, under its own name."""
    codes = dict.fromkeys(shown.task.body.code for shown in view.tasks)
    if not view.firm:
        codes = dict.fromkeys(code for code in codes if actor.in_body(code))
    return [(code, names.get(code, code)) for code in codes]


def _items(view: CaseView, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What the single request for complements asks: what, why, for whom."""
    if view.complement is None:
        return []
    return [
        (asked_name(view.procedure, item["key"]), item.get("note", ""), names.get(item["body"], item["body"]))
        for item in view.complement.items
    ]


def _decider(decision: Decision, names: Mapping[str, str]) -> str:
    kind, _colon, code = decision.by.partition(":")
    return names.get(code, "") if kind == "body" else ""
