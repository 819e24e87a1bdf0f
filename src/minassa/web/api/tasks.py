"""Tasks of bodies by the API: the queue, one task, its answer, what it needs from the enterprise."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.onestop.models import Task
from minassa.onestop.public import Filters, propose, send_back, tasks_for, validate
from minassa.registry.public import Actor, allowed
from minassa.web.api.calling import actor_in
from minassa.web.api.idempotency import once
from minassa.web.api.preconditions import expected, stamped
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import AnswerGiven, BackGiven, TaskPage, TaskShown
from minassa.web.api.showing import task_shown

router = Router(tags=["tasks"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


def visible_task(actor: Actor, number: int) -> Task:
    """A task that the caller may open; ApiError 404 for one that they may not know of."""
    related = ("case", "case__procedure", "case__enterprise", "body")
    task = Task.objects.select_related(*related).defer("case__procedure__content").filter(pk=number).first()
    if task is None or not allowed(actor, "task.open", task):
        raise ApiError(HTTPStatus.NOT_FOUND, "task-unknown", _("Aucune tâche ne porte ce numéro pour vous."))
    return task


@router.get("", response={200: TaskPage, **PROBLEMS}, operation_id="listTasks", summary="Tasks of the caller's body")
def list_tasks(  # noqa: D103
    request: HttpRequest,
    pending: bool = True,  # noqa: FBT001, FBT002 (an argument of the address)
    cursor: Annotated[str, Query(max_length=200, pattern=r"^[A-Za-z0-9_=-]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 25,
) -> Any:  # noqa: ANN401
    page = tasks_for(actor_in(request, "tasks:read"), Filters(pending=pending), cursor, limit)
    return {"items": [task_shown(task, task.case) for task in page.rows], "next": page.next or None}


@router.get("/{number}", response={200: TaskShown, **PROBLEMS}, operation_id="readTask", summary="One task")
def read_task(request: HttpRequest, response: HttpResponse, number: Number) -> Any:  # noqa: ANN401, D103
    task = visible_task(actor_in(request, "tasks:read"), number)
    stamped(response, task.case)
    return task_shown(task, task.case)


def told(response: HttpResponse, task: Task) -> tuple[int, dict[str, Any]]:
    """A task after an act, instants as text, with the new tag of its case."""
    stamped(response, task.case)
    shown = task_shown(task, task.case)
    return 200, {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in shown.items()}


ACT: dict[Any, Any] = {200: TaskShown, **PROBLEMS}


@router.post("/{number}/answer", response=ACT, operation_id="answerTask", summary="Answer, or propose an answer")
@once
def answer_task(  # noqa: D103
    request: HttpRequest, response: HttpResponse, number: Number, given: AnswerGiven
) -> tuple[int, dict[str, Any]]:
    version, actor = expected(request), actor_in(request, "tasks:answer")
    task = visible_task(actor, number)
    at, seen = timezone.now(), given.round
    propose(actor, task, given.favourable, given.ground, given.data, at, round_seen=seen, expected=version)
    return told(response, task)


@router.post("/{number}/validate", response=ACT, operation_id="validateTask", summary="Validate what another proposed")
@once
def validate_task(request: HttpRequest, response: HttpResponse, number: Number) -> tuple[int, dict[str, Any]]:  # noqa: D103
    version, actor = expected(request), actor_in(request, "tasks:answer")
    task = visible_task(actor, number)
    validate(actor, task, timezone.now(), expected=version)
    return told(response, task)


@router.post("/{number}/send-back", response=ACT, operation_id="sendBackTask", summary="Ask the enterprise for more")
@once
def send_back_task(  # noqa: D103
    request: HttpRequest, response: HttpResponse, number: Number, given: BackGiven
) -> tuple[int, dict[str, Any]]:
    version, actor = expected(request), actor_in(request, "tasks:answer")
    task = visible_task(actor, number)
    items = [item.model_dump() for item in given.items]
    at = timezone.now()
    send_back(actor, task, items, at, at_once=given.at_once, round_seen=given.round, expected=version)
    return told(response, task)
