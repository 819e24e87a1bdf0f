"""What follows when a task has moved: another is awaited, the enterprise is asked, or the case can be decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minassa.delays.holders import AGENCIES, COMMITTEE, FIRM
from minassa.delays.moments import due_at
from minassa.onestop import tracks
from minassa.onestop.acting import MAIN, Act
from minassa.onestop.case_models import CaseState, Decision, Task, TaskState
from minassa.onestop.file_models import Complement
from minassa.onestop.messages import case_message
from minassa.onestop.states import PENDING_TASKS, CaseEvent

COMMITTEES: Final = frozenset({"cto", "secretariat"})
PLATFORM: Final = "platform"
GROUND: Final = "missing_documents"
COMPLEMENT_DELAY: Final = "complement_answer"
CLOSED: Final = "closed"
_WORKING: Final = frozenset({TaskState.OPEN, TaskState.PROPOSED})

_AWAITED: Final = ", ".join(f"'{state}'" for state in sorted(PENDING_TASKS))
NOBODY_AWAITED: Final = (
    "NOT EXISTS (SELECT FROM onestop_task WHERE onestop_task.case_id = onestop_case.id"
    f" AND onestop_task.state IN ({_AWAITED}))"
)
"""The join: one condition in SQL, tested by the statement that moves the case."""


def after_tasks(act: Act, tasks: Sequence[Task]) -> None:
    """Lead a case on from the states of all its tasks, in the act that has just changed one of them."""
    states = {task.state for task in tasks}
    if states & _WORKING:
        act.move(CaseEvent.TASK)
    elif TaskState.SENT_BACK not in states:
        _join(act, tasks)
    elif act.case.state == CaseState.COMPLEMENT:
        act.move(CaseEvent.TASK)
        _suspend(act)
    else:
        ask(act, tasks)


def ask(act: Act, tasks: Sequence[Task]) -> None:
    """Send the single request for complements, with what every agency has asked; agencies still at work go on.

    The clock of each agency that asked is paused on its legal ground; that of the whole case, once nobody but the
    enterprise is awaited.
    """
    sent_back = [task for task in tasks if task.state == TaskState.SENT_BACK]
    due = due_at(COMPLEMENT_DELAY, act.at)
    Complement.objects.create(
        case=act.case,
        items=[
            {**item, "step": task.step, "body": task.body.code} for task in sent_back for item in task.data["items"]
        ],
        asked_at=act.at,
        answer_by=due,
    )
    act.move(CaseEvent.ASK)
    for code in dict.fromkeys(task.body.code for task in sent_back):
        if not any(task.body.code == code and task.state in _WORKING for task in tasks):
            act.held(code, FIRM, GROUND)
    if not any(task.state in _WORKING for task in tasks):
        _suspend(act)
    act.timer("complement_due", due)
    act.tell("complement.asked", steps=[task.step for task in sent_back])


def _suspend(act: Act) -> None:
    """Only the enterprise is awaited: the legal delay of the case has no end until it answers."""
    act.held(MAIN, FIRM, GROUND)
    act.set(due_at=None)


def _join(act: Act, tasks: Sequence[Task]) -> None:
    act.move(CaseEvent.JOIN, NOBODY_AWAITED)
    by = act.procedure.decision.by
    act.tell("case.joined", decided_by=by)
    if by == PLATFORM:
        against = [task.ground for task in tasks if task.state == TaskState.ANSWERED and not task.favourable]
        decided(act, tasks, favourable=not against, ground="\n".join(filter(None, against)), by="system:platform")
    elif by in COMMITTEES:
        act.held(MAIN, COMMITTEE)
    else:
        act.held(MAIN, AGENCIES)
        act.held(by, by)


def decided(
    act: Act,
    tasks: Sequence[Task],
    *,
    favourable: bool,
    ground: str,
    by: str,
    event: CaseEvent | None = None,
) -> None:
    """Close a case by a decision, first or on appeal; `event`: what brought it, when nobody decided."""
    on_appeal = act.case.state == CaseState.APPEALED
    act.move(event or (CaseEvent.ACCEPT if favourable else CaseEvent.REFUSE))
    act.set(decided_at=act.at, closed_at=act.at)
    act.add(Decision(case=act.case, favourable=favourable, ground=ground, by=by, at=act.at, on_appeal=on_appeal))
    act.held(MAIN, CLOSED)
    tracks.leave(act, tracks.ACCEPTED if act.case.state == CaseState.ACCEPTED else tracks.REFUSED)
    act.tell("case.decided", favourable=favourable, on_appeal=on_appeal)
    case_message(act, list(tasks), "case.decided", favourable=favourable, on_appeal=on_appeal)
