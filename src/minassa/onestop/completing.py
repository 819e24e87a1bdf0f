"""The enterprise answers the single request for complements, or lets its delay pass: the agencies resume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minassa.delays.deadlines import suspensions
from minassa.delays.holders import AGENCIES, FIRM
from minassa.delays.moments import due_at
from minassa.delays.segments import segments
from minassa.delays.zone import instant_of
from minassa.onestop import tracks
from minassa.onestop.acting import MAIN, Act, acting
from minassa.onestop.case_models import Case, Custody, Task, TaskState
from minassa.onestop.documents import attach
from minassa.onestop.drafting import all_answers, set_answers
from minassa.onestop.errors import CaseError, IncompleteCase
from minassa.onestop.file_models import Complement, Document
from minassa.onestop.life import events_of
from minassa.onestop.messages import asked_task, task_message
from minassa.onestop.signing import documents_of
from minassa.onestop.states import CaseEvent, TaskEvent, task_after
from minassa.onestop.tasks import tasks_of
from minassa.registry.public import Actor


def answer_complement(
    actor: Actor,
    case: Case,
    answers: Mapping[str, Any],
    documents: Sequence[tuple[str, Document]],
    at: datetime,
    *,
    expected: int | None = None,
) -> Case:
    """Give what was asked, and nothing else: answers by field, documents by requirement.

    IncompleteCase when one of the items asked is not answered; the agencies that had asked resume with a new clock.
    """
    with acting(actor, "case.edit", case, at, expected) as act:
        act.move(CaseEvent.COMPLETE)
        complement = Complement.objects.get(case=act.case)
        keys = {item["key"] for item in complement.items}
        given = {requirement for requirement, _document in documents}
        foreign = sorted((set(answers) | given) - keys)
        if foreign:
            raise CaseError(_("Seuls les éléments demandés peuvent changer."), keys=foreign)
        if answers:
            set_answers(act, answers)
        for requirement, document in documents:
            attach(act, requirement, document)
        _all_answered(act, keys, set(answers) | given)
        tracks.check(act)
        _resume(act, "complement.answered", keys=sorted(set(answers) | given))
    return case


def _all_answered(act: Act, keys: set[str], given: set[str]) -> None:
    answers, documents = all_answers(act.case), documents_of(act.case)
    kept = answers.keys() | documents.keys()
    left = {key: _("À renseigner.") for key in sorted(keys) if key not in given or key not in kept}
    if left:
        raise IncompleteCase(_("Il manque des éléments demandés."), problems=left)


def lapse(act: Act) -> None:
    """The delay to answer is past: agencies answer on what they have."""
    act.move(CaseEvent.LAPSE)
    _resume(act, "complement.lapsed")


def _resume(act: Act, kind: str, **body: object) -> None:
    Complement.objects.filter(case=act.case).update(answered_at=act.at)
    act.tell(kind, **body)
    if act.case.holder == FIRM:
        act.held(MAIN, AGENCIES)
    tasks = [task for task in tasks_of(act) if task.state == TaskState.SENT_BACK]
    for task in tasks:
        _reopen(act, task)
    for code in dict.fromkeys(task.body.code for task in tasks):
        act.held(code, code)
    _put_off(act)


def _reopen(act: Act, task: Task) -> None:
    asked = asked_task(act, task.step)
    task.state = task_after(task.state, TaskEvent.REOPEN)
    task.round += 1
    task.maker, task.data, task.escalated_at = "", {}, None
    if asked is not None:
        task.due_at = due_at(tracks.task_delay(act, asked), act.at)
    task.save(update_fields=["state", "round", "maker", "data", "due_at", "escalated_at"])
    act.timer("task_due", task.due_at, task.step)
    task_message(act, task, "task.reopened")


def _put_off(act: Act) -> None:
    """The legal delay of the case is put off by the time during which only the enterprise was awaited."""
    rows = list(Custody.objects.filter(case=act.case).order_by("number"))
    if act.case.submitted_at is None:
        return
    now = instant_of(act.at)
    pauses = suspensions(segments(events_of(rows)[-1], now))
    due = due_at(tracks.decision_delay(act), act.case.submitted_at, pauses)
    act.set(due_at=due)
    act.timer("case_due", due)
