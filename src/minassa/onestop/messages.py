"""What is told to the systems of bodies: the facts that their procedure shows them, never a person's identity."""

from __future__ import annotations

from minassa.onestop.acting import Act
from minassa.onestop.case_models import Case, Task
from minassa.onestop.procedure_schema import AskedTask


def task_message(act: Act, task: Task, kind: str) -> None:
    """Owe a message about a task to its body, where that body speaks by API and the procedure lets it."""
    asked = asked_task(act, task.step)
    if not task.body.answers_by_api or (asked is not None and "api" not in asked.answers_by):
        return
    act.message(
        task.body.code,
        kind,
        {
            **case_named(act.case),
            "step": task.step,
            "round": task.round,
            "due_at": task.due_at.isoformat(),
            "answers": shown_to(act, task.body.code),
        },
    )


def case_message(act: Act, tasks: list[Task], kind: str, **body: object) -> None:
    """Owe a message about the case to each body with a task in it that speaks by API, once."""
    for code in dict.fromkeys(task.body.code for task in tasks if task.body.answers_by_api):
        act.message(code, kind, {**case_named(act.case), **body})


def case_named(case: Case) -> dict[str, object]:
    """How a message names a case and its enterprise."""
    return {
        "case": str(case.uuid),
        "reference": case.reference,
        "procedure": case.procedure_code,
        "enterprise": {"ice": case.enterprise.ice, "name": case.enterprise.name},
    }


def shown_to(act: Act, body_code: str) -> dict[str, object]:
    """Answers that a body may see, without those about a person: these are only shown to someone who opens the case."""
    bodies = frozenset({body_code})
    return {
        field.key: act.case.answers[field.key]
        for field in act.procedure.fields
        if field.key in act.case.answers and not field.person and field.seen(bodies)
    }


def asked_task(act: Act, step: str) -> AskedTask | None:
    """The task of the procedure with this step, or None when the case has moved to a version without it."""
    return next((task for task in act.procedure.tasks if task.step == step), None)
