"""The page of one task: what the body may see of the case, and how it answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.onestop.models import Complement, Task
from minassa.onestop.public import CaseError, Filters, TaskState, tasks_for, timeline, view_for
from minassa.onestop.viewing import ShownDocuments, ShownField
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.one import recipients, said_in, shown_answers
from minassa.web.cases.showing import body_names, deadline, language, step_name
from minassa.web.cases.subjects import the_task
from minassa.web.inbox.colleagues import colleagues
from minassa.web.journaled import hands_of


@require_GET
@page("task.open", subject=the_task)
def task_page(request: PageRequest, task: Task) -> HttpResponse:
    """The page of a task."""
    return show_task(request, task)


def show_task(
    request: PageRequest, task: Task, *, failed: str = "", error: CaseError | None = None, status: int = 200
) -> HttpResponse:
    """The page of a task; `failed`: the form whose act was refused, shown beside it with what was typed."""
    actor, now, case = request.actor, timezone.now(), task.case
    view, names = view_for(actor, case), body_names()
    others = [shown for shown in view.tasks if shown.task.pk != task.pk]
    context = {
        "task": task,
        "case": case,
        "view": view,
        "procedure": view.procedure,
        "step": step_name(view.procedure, task.step),
        "body": names.get(task.body.code, task.body.name),
        "deadline": deadline(task.due_at, now) if task.state in {TaskState.OPEN, TaskState.PROPOSED} else None,
        "timeline": timeline(case, now),
        "names": names,
        "answers": shown_answers(view),
        "others": [(names.get(other.task.body.code, ""), other.task) for other in others],
        "messages_said": said_in(actor, view, names),
        "recipients": recipients(actor, view, names),
        "may_say": allowed(actor, "case.message", case),
        "maker": hands_of(actor, {task.maker}, names)[task.maker] if task.maker else "",
        "own_proposal": task.maker == str(actor),
        "asked": _asked(view.fields, view.documents),
        "items": [(item["key"], item.get("note", "")) for item in task.data.get("items", [])],
        "complement_made": Complement.objects.filter(case=case).exists(),
        "colleagues": colleagues(actor),
        "next_task": _next(actor, task),
        "failed": failed,
        "error": error,
        "typed": request.POST,
        "checked_items": request.POST.getlist("item"),
        **_may(actor, task),
    }
    return render(request, "web/inbox/task.html", context, status=status)


def _may(actor: Actor, task: Task) -> dict[str, bool]:
    """What the actor may do with the task in its present state."""
    opened = task.state == TaskState.OPEN
    proposed = task.state == TaskState.PROPOSED and task.maker != str(actor)
    return {
        "may_propose": opened and allowed(actor, "task.propose", task),
        "may_send_back": opened and allowed(actor, "task.send_back", task),
        "may_check": proposed and allowed(actor, "task.validate", task),
        "may_assign": task.state in {TaskState.OPEN, TaskState.PROPOSED, TaskState.SENT_BACK}
        and allowed(actor, "task.assign", task),
    }


def _asked(fields: Sequence[ShownField], documents: Sequence[ShownDocuments]) -> list[tuple[str, str]]:
    """What may be asked again: the fields and documents that the body sees."""
    return [(shown.field.key, shown.field.label.said(language())) for shown in fields] + [
        (shown.requirement.key, shown.requirement.label.said(language())) for shown in documents
    ]


def _next(actor: Actor, task: Task) -> Task | None:
    """The most urgent open task after this one."""
    rows = tasks_for(actor, Filters(states=(TaskState.OPEN,)), size=2).rows
    return next((one for one in rows if one.pk != task.pk), None)
