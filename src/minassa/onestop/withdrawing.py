"""Withdraws a case that was not decided: its tasks are cancelled and its agencies told."""

from __future__ import annotations

from datetime import datetime

from minassa.onestop import tracks
from minassa.onestop.acting import MAIN, acting
from minassa.onestop.case_models import Case, Task
from minassa.onestop.joining import CLOSED
from minassa.onestop.messages import case_message
from minassa.onestop.states import PENDING_TASKS, CaseEvent, TaskEvent, task_after
from minassa.onestop.tasks import tasks_of
from minassa.registry.public import Actor


def withdraw(actor: Actor, case: Case, at: datetime, *, expected: int | None = None) -> Case:
    """Withdraw a case, from its draft to its complement; it can be opened again only as a new case."""
    with acting(actor, "case.withdraw", case, at, expected) as act:
        act.move(CaseEvent.WITHDRAW)
        tasks = tasks_of(act) if act.case.submitted_at else []
        pending = [task for task in tasks if task.state in PENDING_TASKS]
        for task in pending:
            task.state = task_after(task.state, TaskEvent.CANCEL)
        Task.objects.bulk_update(pending, ["state"])
        act.set(closed_at=act.at, due_at=None)
        act.held(MAIN, CLOSED)
        tracks.leave(act, tracks.WITHDRAWN)
        act.tell("case.withdrawn", tasks=[task.step for task in pending])
        case_message(act, tasks, "case.withdrawn")
    return case
