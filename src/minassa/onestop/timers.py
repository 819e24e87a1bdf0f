"""Does what falls due: escalations, the lapse of a complement, the effect of silence. Each timer has its effect once.

A timer says when to look, not what to do: when it comes, the case is read again under its lock, and nothing happens if
the agency has answered or the deadline was put off meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from minassa.delays.silence import SilenceEffect
from minassa.onestop.acting import Act, acting, write_told
from minassa.onestop.case_models import Case, CaseState, Task, TaskState
from minassa.onestop.completing import lapse
from minassa.onestop.exchange_models import Timer
from minassa.onestop.file_models import Complement
from minassa.onestop.joining import decided
from minassa.onestop.states import PENDING_TASKS, RUNNING_STATES, CaseEvent, TaskEvent, task_after
from minassa.onestop.tasks import tasks_of
from minassa.registry.public import system_actor

TIMER: Final = system_actor("timer")
SILENT: Final = "system:silence"
TOGETHER: Final = 200
"""Timers of tasks that one transaction sees to."""

_CANCEL_MOOT: Final = """
UPDATE onestop_timer SET cancelled_at = %(at)s
WHERE id IN (
    SELECT timer.id FROM onestop_timer AS timer
    WHERE timer.fired_at IS NULL AND timer.cancelled_at IS NULL AND timer.due_at <= %(at)s AND timer.kind = 'task_due'
      AND NOT EXISTS (
          SELECT FROM onestop_task AS task
          WHERE task.case_id = timer.case_id AND task.step = timer.subject AND task.due_at <= %(at)s
            AND task.state IN ('open', 'proposed'))
    ORDER BY timer.due_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
"""


def cancel_moot(at: datetime) -> int:
    """Cancel due timers of tasks that were answered or put off, a thousand at a time; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_CANCEL_MOOT, {"at": at})
        return int(cursor.rowcount)


def escalate_due(at: datetime) -> int:
    """Tell supervisors of the tasks whose delay is past, many cases in one transaction; how many timers were seen to.

    A case that someone holds is left for the next time, so that nobody waits for anybody.
    """
    with transaction.atomic():
        timers = list(
            Timer.objects.select_for_update(skip_locked=True)
            .filter(due_at__lte=at, fired_at__isnull=True, cancelled_at__isnull=True, kind="task_due")
            .order_by("due_at")[:TOGETHER]
        )
        cases = Case.objects.select_for_update(skip_locked=True).in_bulk({timer.case_id for timer in timers})
        held = [timer for timer in timers if timer.case_id in cases]
        if held:
            _escalate(held, cases, at)
    return len(held)


def _escalate(timers: Sequence[Timer], cases: Mapping[int, Case], at: datetime) -> None:
    acts = {key: Act(case, TIMER, at) for key, case in cases.items()}
    tasks = {(task.case_id, task.step): task for task in Task.objects.filter(case__in=acts).select_related("body")}
    late = []
    for timer in timers:
        task = tasks.get((timer.case_id or 0, timer.subject))
        act = acts[timer.case_id or 0]
        if task is not None and _is_late(task, act.at):
            _told_late(act, task)
            late.append((timer, task))
    Task.objects.bulk_update([task for _timer, task in late], ["escalated_at"])
    write_told([act for act in acts.values() if act.told], at)
    fired = {timer.pk for timer, _task in late}
    Timer.objects.filter(pk__in=fired).update(fired_at=at)
    Timer.objects.filter(pk__in=[timer.pk for timer in timers if timer.pk not in fired]).update(cancelled_at=at)


def fire_next(at: datetime) -> bool:
    """Do what the next due timer is for, in one transaction with the mark that it is done; False when none is due."""
    with transaction.atomic():
        timer = (
            Timer.objects.select_for_update(skip_locked=True)
            .filter(due_at__lte=at, fired_at__isnull=True, cancelled_at__isnull=True)
            .order_by("due_at")
            .first()
        )
        if timer is None:
            return False
        done = timer.case_id is not None and _fire(timer, at)
        Timer.objects.filter(pk=timer.pk).update(**{"fired_at" if done else "cancelled_at": at})
    return True


def fire_due(case: Case, until: datetime) -> int:
    """Do what the due timers of one case are for, each at its own instant, in order; how many had an effect."""
    done = 0
    due = Timer.objects.filter(case=case, due_at__lte=until, fired_at__isnull=True, cancelled_at__isnull=True)
    for timer in due.order_by("due_at", "pk"):
        fired = _fire(timer, timer.due_at)
        Timer.objects.filter(pk=timer.pk).update(**{"fired_at" if fired else "cancelled_at": timer.due_at})
        done += fired
    return done


class _Nothing(Exception):
    """There was nothing to do: the act on the case is undone whole."""


def _fire(timer: Timer, at: datetime) -> bool:
    handler = {"task_due": _task_due, "case_due": _case_due, "complement_due": _complement_due}[timer.kind]
    try:
        with acting(TIMER, "", Case(pk=timer.case_id), at) as act:
            handler(act, timer)
    except _Nothing:
        return False
    return True


def _task_due(act: Act, timer: Timer) -> None:
    """An agency has let its delay pass: its supervisor sees the task as escalated."""
    task = next((one for one in tasks_of(act) if one.step == timer.subject and _is_late(one, act.at)), None)
    if task is None:
        raise _Nothing
    _told_late(act, task)
    task.save(update_fields=["escalated_at"])


def _is_late(task: Task, at: datetime) -> bool:
    """Whether the delay of a task is past, and nobody was told."""
    return task.due_at <= at and task.state in {TaskState.OPEN, TaskState.PROPOSED} and task.escalated_at is None


def _told_late(act: Act, task: Task) -> None:
    task.escalated_at = act.at
    act.tell("task.overdue", step=task.step, body=task.body.code, due=task.due_at.isoformat())


def _case_due(act: Act, timer: Timer) -> None:
    """The legal delay is past: silence accepts where the procedure says so, else it is told."""
    case = act.case
    if case.state not in RUNNING_STATES or case.due_at is None or case.due_at > act.at:
        raise _Nothing
    accepts = act.procedure.decision.silence is SilenceEffect.ACCEPTANCE
    if accepts and case.state in {CaseState.IN_REVIEW, CaseState.TO_DECIDE}:
        _accept_by_silence(act)
    else:
        act.tell("case.overdue", due=case.due_at.isoformat(), timer=timer.pk)


def _accept_by_silence(act: Act) -> None:
    tasks = tasks_of(act)
    for task in tasks:
        if task.state in PENDING_TASKS:
            task.state = task_after(task.state, TaskEvent.CANCEL)
            task.save(update_fields=["state"])
    act.tell("case.silence", due=act.case.due_at.isoformat() if act.case.due_at else "")
    ground = "Silence gardé par l'administration au-delà du délai légal (loi 55-19)."
    decided(act, tasks, favourable=True, ground=ground, by=SILENT, event=CaseEvent.SILENCE)


def _complement_due(act: Act, timer: Timer) -> None:
    """The enterprise has let the delay of its complement pass."""
    complement = Complement.objects.filter(case=act.case, answered_at__isnull=True).first()
    if act.case.state != CaseState.COMPLEMENT or complement is None or timer.due_at > act.at:
        raise _Nothing
    lapse(act)
