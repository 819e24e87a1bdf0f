"""The task of an agency: assigned, proposed by one hand, validated by another; systems answer in one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.onestop.acting import Act, acting
from minassa.onestop.case_models import Task, TaskState
from minassa.onestop.errors import CaseError, ImpossibleAct, SameHand, StaleAnswer
from minassa.onestop.joining import after_tasks
from minassa.onestop.states import PENDING_TASKS, TaskEvent, task_after
from minassa.registry.models import Account
from minassa.registry.public import Actor, actor_of, allowed, require
from minassa.statements import Change, Compiled, Given, refresh, write_together

_TASKS: Final = Compiled(lambda: Task.objects.filter(case_id=Given("case")).select_related("body").order_by("pk"))


@dataclass(slots=True)
class OnTask:
    """An act on one task of a locked case: the act, the task as the database has it, and all tasks of the case."""

    act: Act
    task: Task
    all: list[Task]

    def close_lane(self) -> None:
        """The clock of the body stops, unless another task of the same body still runs."""
        code = self.task.body.code
        if not any(one.state in PENDING_TASKS and one.body.code == code for one in self.all if one is not self.task):
            self.act.held(code, "")


@contextmanager
def on_task(actor: Actor, name: str, task: Task, at: datetime, expected: int | None = None) -> Iterator[OnTask]:
    """An act on a task: its case is locked first, so that answers of several agencies follow each other."""
    with acting(actor, "", task.case, at, expected) as act:
        every = tasks_of(act)
        mine = next(one for one in every if one.pk == task.pk)
        require(actor, name, mine)
        yield OnTask(act, mine, every)
    refresh(task, mine)


def tasks_of(act: Act) -> list[Task]:
    """All tasks of the case of an act, with their bodies."""
    return _TASKS.all(case=act.case.pk)


def propose(
    actor: Actor,
    task: Task,
    favourable: bool,  # noqa: FBT001 (the answer itself)
    ground: str,
    data: Mapping[str, Any],
    at: datetime,
    *,
    round_seen: int | None = None,
    expected: int | None = None,
) -> Task:
    """Propose the answer of an agency; the system of a body answers in one step, a person's proposal waits for another.

    A ground is required against. `round_seen`: the round that the answer is about; StaleAnswer when it is over.
    """
    if not favourable and not ground.strip():
        raise CaseError(_("Une réponse défavorable se motive : indiquez le motif."), task=task.step)
    with on_task(actor, "task.propose", task, at, expected) as on:
        one = on.task
        same_round(one, round_seen)
        one.state = task_after(one.state, TaskEvent.ANSWER if actor.client_body else TaskEvent.PROPOSE)
        one.favourable, one.ground, one.data = favourable, ground.strip(), dict(data)
        one.maker, one.checker = str(actor), ""
        if one.state == TaskState.ANSWERED:
            _answered(on)
        else:
            _write(one, "state", "favourable", "ground", "data", "maker", "checker")
            on.act.tell("task.proposed", step=one.step, body=one.body.code, round=one.round)
            after_tasks(on.act, on.all)
    return task


def validate(actor: Actor, task: Task, at: datetime, *, expected: int | None = None) -> Task:
    """Validate what another proposed: it is the answer of the agency. SameHand for who proposed it."""
    with on_task(actor, "task.validate", task, at, expected) as on:
        _other_hand(actor, on.task)
        on.task.state = task_after(on.task.state, TaskEvent.VALIDATE)
        on.task.checker = str(actor)
        _answered(on)
    return task


def give_back(actor: Actor, task: Task, reason: str, at: datetime, *, expected: int | None = None) -> Task:
    """Give a proposal back to its maker, with the reason; the clock of the agency goes on. SameHand for its maker."""
    with on_task(actor, "task.validate", task, at, expected) as on:
        _other_hand(actor, on.task)
        on.task.state = task_after(on.task.state, TaskEvent.RETURN)
        on.task.data = {**on.task.data, "returned": reason.strip()}
        on.task.maker, on.task.favourable = "", None
        _write(on.task, "state", "data", "maker", "favourable")
        on.act.tell("task.returned", step=on.task.step, body=on.task.body.code)
        after_tasks(on.act, on.all)
    return task


def assign(actor: Actor, task: Task, assignee: Account | None, at: datetime) -> Task:
    """Give a task to someone of its body, or to nobody; CaseError for someone who may not work on it."""
    with on_task(actor, "task.assign", task, at) as on:
        if assignee is not None and not allowed(actor_of(assignee, at.date()), "task.propose", on.task):
            raise CaseError(_("Cette personne ne travaille pas dans ce service."), task=on.task.step)
        if on.task.state not in PENDING_TASKS:
            raise ImpossibleAct(_("Cette tâche est terminée."), task=on.task.step)
        on.task.assignee = assignee
        _write(on.task, "assignee")
        on.act.tell("task.assigned", step=on.task.step, to=f"account:{assignee.pk}" if assignee else "")
    return task


def same_round(task: Task, seen: int | None) -> None:
    """Do nothing when what was seen is the present round of a task, or was not told; StaleAnswer otherwise."""
    if seen is not None and seen != task.round:
        raise StaleAnswer(_("Cette réponse porte sur un examen qui est terminé."), round=task.round)


def _other_hand(actor: Actor, task: Task) -> None:
    if str(actor) == task.maker:
        raise SameHand(_("Celui qui propose une réponse ne la valide pas : demandez à un responsable."), task=task.step)


def _answered(on: OnTask) -> None:
    one = on.task
    one.answered_at = on.act.at
    _write(one, "state", "favourable", "ground", "data", "maker", "checker", "answered_at")
    on.close_lane()
    on.act.tell(
        "task.answered",
        step=one.step,
        body=one.body.code,
        round=one.round,
        favourable=bool(one.favourable),
        maker=one.maker,
        checker=one.checker,
    )
    after_tasks(on.act, on.all)


def _write(task: Task, *columns: str) -> None:
    write_together((), Change(task, columns))
