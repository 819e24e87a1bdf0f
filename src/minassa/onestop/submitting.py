"""Submits a case: complete and signed, it goes to all its agencies at the same instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from minassa.delays.holders import AGENCIES
from minassa.delays.moments import due_at
from minassa.onestop import tracks
from minassa.onestop.acting import MAIN, Act, acting
from minassa.onestop.case_models import Case, CaseState, Task
from minassa.onestop.errors import Unsigned
from minassa.onestop.facts import latest_facts
from minassa.onestop.file_models import Fact
from minassa.onestop.joining import after_tasks
from minassa.onestop.messages import task_message
from minassa.onestop.procedure_schema import AskedTask, Procedure
from minassa.onestop.signing import content_of, is_signed
from minassa.onestop.states import CaseEvent
from minassa.registry.models import Body, Park
from minassa.registry.public import Actor
from minassa.statements import Compiled, Given
from minassa.vocabulary.places import places

_PARK: Final = Compiled(lambda: Park.objects.filter(place=Given("place")).select_related("manager"))
PARK = "park"
"""In a procedure: the body that manages the P2I of the case."""


def submit(actor: Actor, case: Case, at: datetime, *, expected: int | None = None) -> Case:
    """Submit a case to its agencies; a draft that needs a signature is handed to who may sign, and no further.

    IncompleteCase when something required is missing; Unsigned when the signature is missing or no longer valid.
    """
    with acting(actor, "case.submit", case, at, expected) as act:
        digest = content_of(act)
        if act.procedure.signature and act.case.state == CaseState.DRAFT:
            act.move(CaseEvent.PREPARE)
            act.tell("case.prepared", digest=digest)
        else:
            _submit(act, digest)
    return case


def _submit(act: Act, digest: str) -> None:
    if act.procedure.signature and not is_signed(act.case, digest):
        raise Unsigned(
            _("Le contenu du dossier a changé depuis sa signature, ou il n'est pas signé : faites-le signer.")
        )
    act.move(CaseEvent.SUBMIT)
    tracks.enter(act)
    due = due_at(tracks.decision_delay(act), act.at)
    act.set(submitted_at=act.at, due_at=due)
    act.timer("case_due", due)
    act.tell("case.submitted", digest=digest)
    act.held(MAIN, AGENCIES)
    _remember(act)
    tasks = open_tasks(act)
    if not tasks:
        after_tasks(act, tasks)


def open_tasks(act: Act) -> list[Task]:
    """Open the tasks that the procedure asks of each body for this case, with their clocks and messages."""
    wanted = tasks_for_case(act.procedure, act.case)
    bodies = _bodies(act.case, wanted)
    tasks = [
        Task(
            case=act.case,
            step=asked.step,
            body=bodies[asked.body],
            procedure_code=act.procedure.code,
            place=act.case.place,
            opened_at=act.at,
            due_at=due_at(tracks.task_delay(act, asked), act.at),
        )
        for asked in wanted
        if asked.body in bodies
    ]
    act.add(*tasks)
    for code in dict.fromkeys(task.body.code for task in tasks):
        act.held(code, code)
    for task in tasks:
        act.timer("task_due", task.due_at, task.step)
        task_message(act, task, "task.opened")
    act.tell("tasks.opened", steps={task.step: task.body.code for task in tasks})
    return tasks


def tasks_for_case(procedure: Procedure, case: Case) -> list[AskedTask]:
    """The tasks of a procedure that this case needs, from its answers and its place."""
    inside = any(place.code == case.place and place.kind == "p2i" for place in places())
    return [
        task
        for task in procedure.tasks
        if (task.when is None or task.when.holds(case.answers)) and task.in_park in (None, inside)
    ]


@lru_cache(maxsize=64)
def _bodies_of(codes: frozenset[str]) -> Compiled[Body]:
    return Compiled(lambda: Body.objects.filter(code__in=sorted(codes)))


def _bodies(case: Case, wanted: Sequence[AskedTask]) -> dict[str, Body]:
    """The bodies of tasks by their code in the procedure. A P2I without manager in the registry has no such task."""
    found = {body.code: body for body in _bodies_of(frozenset(task.body for task in wanted)).all()}
    if any(task.body == PARK for task in wanted):
        park = _PARK.first(place=case.place)
        if park is not None:
            found[PARK] = park.manager
    unknown = sorted({task.body for task in wanted} - found.keys() - {PARK})
    if unknown:
        raise Body.DoesNotExist(f"bodies of a procedure that the registry lacks: {', '.join(unknown)}")
    return found


def _remember(act: Act) -> None:
    """Keep what was said under its fact, to be reused: one row per fact that is new or has changed."""
    said = {
        field.fact: act.case.answers[field.key]
        for field in act.procedure.fields
        if field.fact and act.case.answers.get(field.key) is not None
    }
    known = latest_facts(act.case.enterprise_id) if said else {}
    source = f"case:{act.case.pk}"
    act.add(
        *(
            Fact(enterprise_id=act.case.enterprise_id, key=key, value=value, source=source, at=act.at)
            for key, value in said.items()
            if known.get(key) != value
        )
    )
