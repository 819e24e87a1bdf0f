"""What an agency has to do: its queue by urgency, answers to validate, and how it kept its delays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median_low
from typing import Any, Final

from minassa.onestop.models import Task, TaskState
from minassa.onestop.public import Filters, tasks_counted, tasks_for, together
from minassa.registry.public import Actor

MOST: Final = 8
SOON: Final = timedelta(days=3)
LAST_ANSWERS: Final = 50
"""How many of the last answers the delays of a service are read on."""


def queue(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The most urgent tasks of the actor's bodies, how many wait, how many are late or soon will be."""
    counted = {
        "waiting": Filters(),
        "late": Filters(due_before=now),
        "soon": Filters(due_from=now, due_before=now + SOON),
    }
    return {
        "tasks": tasks_for(actor, Filters(), size=MOST).rows,
        "now": now,
        **together(actor, **{name: tasks_counted(actor, filters) for name, filters in counted.items()}),
        **_delays(tasks_for(actor, Filters(states=(TaskState.ANSWERED,), pending=False), size=LAST_ANSWERS).rows),
    }


def _delays(answered: Sequence[Task]) -> Mapping[str, Any]:
    times = [task.answered_at - task.opened_at for task in answered if task.answered_at is not None]
    late = sum(_late(task) for task in answered)
    return {"answered": len(times), "median": median_low(times) if times else None, "answered_late": late}


def _late(task: Task) -> bool:
    return task.answered_at is not None and task.answered_at > task.due_at


def checking(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """Answers that an officer proposed and that the supervisor may validate; never the supervisor's own."""
    proposed = Filters(states=(TaskState.PROPOSED,), not_made_by=str(actor))
    return {"tasks": tasks_for(actor, proposed, size=MOST).rows, "now": now}
