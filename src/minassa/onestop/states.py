"""The table of states of a case and of its tasks: what can happen, where it leads, under which guard.

Acts look up here and nowhere else. A guard is named here and tested in the module of its act.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from minassa.onestop.case_models import CaseState, TaskState
from minassa.onestop.errors import ImpossibleAct


class CaseEvent(StrEnum):
    """What can happen to a case."""

    SAVE = "save"
    PREPARE = "prepare"
    SIGN = "sign"
    SUBMIT = "submit"
    TASK = "task"
    """A task was proposed, validated, returned or sent back, and another one is still awaited."""
    JOIN = "join"
    """The last task was answered."""
    ASK = "ask"
    """The single request for complements goes to the enterprise."""
    COMPLETE = "complete"
    LAPSE = "lapse"
    """The enterprise let the delay for its complement pass: agencies answer on what they have."""
    ACCEPT = "accept"
    REFUSE = "refuse"
    APPEAL = "appeal"
    SILENCE = "silence"
    """The legal delay is past and the procedure says that silence accepts."""
    WITHDRAW = "withdraw"


class CaseMove(NamedTuple):
    """In `state`, `event` leads to `target` if the guard holds; an empty guard always holds."""

    state: CaseState
    event: CaseEvent
    target: CaseState
    guard: str = ""


class TaskEvent(StrEnum):
    """What can happen to a task."""

    PROPOSE = "propose"
    VALIDATE = "validate"
    RETURN = "return"
    """The checker gives the proposal back to its maker."""
    ANSWER = "answer"
    """The system of a body answers in one step."""
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    CANCEL = "cancel"


class TaskMove(NamedTuple):
    """In `state`, `event` leads to `target` if the guard holds."""

    state: TaskState
    event: TaskEvent
    target: TaskState
    guard: str = ""


CASE_MOVES: Final = (
    CaseMove(CaseState.DRAFT, CaseEvent.SAVE, CaseState.DRAFT),
    CaseMove(CaseState.DRAFT, CaseEvent.PREPARE, CaseState.TO_SIGN, "complete"),
    CaseMove(CaseState.DRAFT, CaseEvent.SIGN, CaseState.TO_SIGN, "complete"),
    CaseMove(CaseState.DRAFT, CaseEvent.SUBMIT, CaseState.IN_REVIEW, "complete, no signature needed"),
    CaseMove(CaseState.DRAFT, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    CaseMove(CaseState.TO_SIGN, CaseEvent.SAVE, CaseState.DRAFT),
    CaseMove(CaseState.TO_SIGN, CaseEvent.SIGN, CaseState.TO_SIGN),
    CaseMove(CaseState.TO_SIGN, CaseEvent.SUBMIT, CaseState.IN_REVIEW, "complete, its present content is signed"),
    CaseMove(CaseState.TO_SIGN, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    CaseMove(CaseState.IN_REVIEW, CaseEvent.TASK, CaseState.IN_REVIEW),
    CaseMove(CaseState.IN_REVIEW, CaseEvent.JOIN, CaseState.TO_DECIDE, "no task is awaited"),
    CaseMove(CaseState.IN_REVIEW, CaseEvent.ASK, CaseState.COMPLEMENT, "never asked before"),
    CaseMove(CaseState.IN_REVIEW, CaseEvent.SILENCE, CaseState.ACCEPTED, "the delay is past, silence accepts"),
    CaseMove(CaseState.IN_REVIEW, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    CaseMove(CaseState.COMPLEMENT, CaseEvent.TASK, CaseState.COMPLEMENT),
    CaseMove(CaseState.COMPLEMENT, CaseEvent.COMPLETE, CaseState.IN_REVIEW),
    CaseMove(CaseState.COMPLEMENT, CaseEvent.LAPSE, CaseState.IN_REVIEW, "the delay to answer is past"),
    CaseMove(CaseState.COMPLEMENT, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    CaseMove(CaseState.TO_DECIDE, CaseEvent.ACCEPT, CaseState.ACCEPTED),
    CaseMove(CaseState.TO_DECIDE, CaseEvent.REFUSE, CaseState.REFUSED, "a ground is given"),
    CaseMove(CaseState.TO_DECIDE, CaseEvent.SILENCE, CaseState.ACCEPTED, "the delay is past, silence accepts"),
    CaseMove(CaseState.REFUSED, CaseEvent.APPEAL, CaseState.APPEALED, "first appeal, within its delay"),
    CaseMove(CaseState.APPEALED, CaseEvent.ACCEPT, CaseState.ACCEPTED),
    CaseMove(CaseState.APPEALED, CaseEvent.REFUSE, CaseState.REFUSED, "a ground is given"),
)

TASK_MOVES: Final = (
    TaskMove(TaskState.OPEN, TaskEvent.PROPOSE, TaskState.PROPOSED),
    TaskMove(TaskState.OPEN, TaskEvent.ANSWER, TaskState.ANSWERED, "the system of its body"),
    TaskMove(TaskState.OPEN, TaskEvent.SEND_BACK, TaskState.SENT_BACK, "complements were not asked yet"),
    TaskMove(TaskState.OPEN, TaskEvent.CANCEL, TaskState.CANCELLED),
    TaskMove(TaskState.PROPOSED, TaskEvent.VALIDATE, TaskState.ANSWERED, "another hand than the maker's"),
    TaskMove(TaskState.PROPOSED, TaskEvent.RETURN, TaskState.OPEN, "another hand than the maker's"),
    TaskMove(TaskState.PROPOSED, TaskEvent.CANCEL, TaskState.CANCELLED),
    TaskMove(TaskState.SENT_BACK, TaskEvent.REOPEN, TaskState.OPEN),
    TaskMove(TaskState.SENT_BACK, TaskEvent.CANCEL, TaskState.CANCELLED),
)

FINAL_STATES: Final = frozenset({CaseState.ACCEPTED, CaseState.WITHDRAWN})
"""Nothing leads out of them. A refusal is left by one appeal."""
RUNNING_STATES: Final = frozenset({CaseState.IN_REVIEW, CaseState.COMPLEMENT, CaseState.TO_DECIDE, CaseState.APPEALED})
"""Submitted and not closed: agencies, committee and enterprise take part."""
PENDING_TASKS: Final = frozenset({TaskState.OPEN, TaskState.PROPOSED, TaskState.SENT_BACK})
"""The case waits for these before it can be decided."""

_CASE: Final = {(move.state, move.event): move for move in CASE_MOVES}
_TASK: Final = {(move.state, move.event): move for move in TASK_MOVES}


def case_after(state: str, event: CaseEvent) -> CaseState:
    """The state of a case after an event; ImpossibleAct when it cannot happen in this state."""
    move = _CASE.get((CaseState(state), event))
    if move is None:
        raise ImpossibleAct(
            _("Ce dossier est « %(state)s » : cela ne peut plus, ou pas encore, se faire.")
            % {"state": CaseState(state).label},
            state=str(state),
            event=str(event),
        )
    return move.target


def task_after(state: str, event: TaskEvent) -> TaskState:
    """The state of a task after an event; ImpossibleAct when it cannot happen in this state."""
    move = _TASK.get((TaskState(state), event))
    if move is None:
        raise ImpossibleAct(
            _("Cette tâche est « %(state)s » : cela ne peut plus, ou pas encore, se faire.")
            % {"state": TaskState(state).label},
            state=str(state),
            event=str(event),
        )
    return move.target


def case_events(state: str) -> frozenset[CaseEvent]:
    """What can happen to a case in this state."""
    return frozenset(event for (source, event) in _CASE if source == state)


def task_events(state: str) -> frozenset[TaskEvent]:
    """What can happen to a task in this state."""
    return frozenset(event for (source, event) in _TASK if source == state)
