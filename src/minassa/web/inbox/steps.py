"""What a task is about, in words."""

from __future__ import annotations

from minassa.onestop.models import Task
from minassa.onestop.public import definition
from minassa.web.cases.showing import step_name


def step_label(task: Task) -> str:
    """The name of a task in the language of the page."""
    return step_name(definition(task.case.procedure_id), task.step)
