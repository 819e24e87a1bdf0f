"""The table of states of a case and of its tasks: what can happen, where it leads, under which guard.

Acts look up here and nowhere else. A guard is named here and tested in the module of its act.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.onestop.case_models import CaseState, TaskState
from minassa.onestop.errors import ImpossibleAct
from minassa.vocabulary.moves import Move, Moves


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


CASE_MOVES: Final = (
    Move(CaseState.DRAFT, CaseEvent.SAVE, CaseState.DRAFT),
    Move(CaseState.DRAFT, CaseEvent.PREPARE, CaseState.TO_SIGN, "complete"),
    Move(CaseState.DRAFT, CaseEvent.SIGN, CaseState.TO_SIGN, "complete"),
    Move(CaseState.DRAFT, CaseEvent.SUBMIT, CaseState.IN_REVIEW, "complete, no signature needed"),
    Move(CaseState.DRAFT, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    Move(CaseState.TO_SIGN, CaseEvent.SAVE, CaseState.DRAFT),
    Move(CaseState.TO_SIGN, CaseEvent.SIGN, CaseState.TO_SIGN),
    Move(CaseState.TO_SIGN, CaseEvent.SUBMIT, CaseState.IN_REVIEW, "complete, its present content is signed"),
    Move(CaseState.TO_SIGN, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    Move(CaseState.IN_REVIEW, CaseEvent.TASK, CaseState.IN_REVIEW),
    Move(CaseState.IN_REVIEW, CaseEvent.JOIN, CaseState.TO_DECIDE, "no task is awaited"),
    Move(CaseState.IN_REVIEW, CaseEvent.ASK, CaseState.COMPLEMENT, "never asked before"),
    Move(CaseState.IN_REVIEW, CaseEvent.SILENCE, CaseState.ACCEPTED, "the delay is past, silence accepts"),
    Move(CaseState.IN_REVIEW, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    Move(CaseState.COMPLEMENT, CaseEvent.TASK, CaseState.COMPLEMENT),
    Move(CaseState.COMPLEMENT, CaseEvent.COMPLETE, CaseState.IN_REVIEW),
    Move(CaseState.COMPLEMENT, CaseEvent.LAPSE, CaseState.IN_REVIEW, "the delay to answer is past"),
    Move(CaseState.COMPLEMENT, CaseEvent.WITHDRAW, CaseState.WITHDRAWN),
    Move(CaseState.TO_DECIDE, CaseEvent.ACCEPT, CaseState.ACCEPTED),
    Move(CaseState.TO_DECIDE, CaseEvent.REFUSE, CaseState.REFUSED, "a ground is given"),
    Move(CaseState.TO_DECIDE, CaseEvent.SILENCE, CaseState.ACCEPTED, "the delay is past, silence accepts"),
    Move(CaseState.REFUSED, CaseEvent.APPEAL, CaseState.APPEALED, "first appeal, within its delay"),
    Move(CaseState.APPEALED, CaseEvent.ACCEPT, CaseState.ACCEPTED),
    Move(CaseState.APPEALED, CaseEvent.REFUSE, CaseState.REFUSED, "a ground is given"),
)

TASK_MOVES: Final = (
    Move(TaskState.OPEN, TaskEvent.PROPOSE, TaskState.PROPOSED),
    Move(TaskState.OPEN, TaskEvent.ANSWER, TaskState.ANSWERED, "the system of its body"),
    Move(TaskState.OPEN, TaskEvent.SEND_BACK, TaskState.SENT_BACK, "complements were not asked yet"),
    Move(TaskState.OPEN, TaskEvent.CANCEL, TaskState.CANCELLED),
    Move(TaskState.PROPOSED, TaskEvent.VALIDATE, TaskState.ANSWERED, "another hand than the maker's"),
    Move(TaskState.PROPOSED, TaskEvent.RETURN, TaskState.OPEN, "another hand than the maker's"),
    Move(TaskState.PROPOSED, TaskEvent.CANCEL, TaskState.CANCELLED),
    Move(TaskState.SENT_BACK, TaskEvent.REOPEN, TaskState.OPEN),
    Move(TaskState.SENT_BACK, TaskEvent.CANCEL, TaskState.CANCELLED),
)

FINAL_STATES: Final = frozenset({CaseState.ACCEPTED, CaseState.WITHDRAWN})
"""Nothing leads out of them. A refusal is left by one appeal."""
RUNNING_STATES: Final = frozenset({CaseState.IN_REVIEW, CaseState.COMPLEMENT, CaseState.TO_DECIDE, CaseState.APPEALED})
"""Submitted and not closed: agencies, committee and enterprise take part."""
PENDING_TASKS: Final = frozenset({TaskState.OPEN, TaskState.PROPOSED, TaskState.SENT_BACK})
"""The case waits for these before it can be decided."""

_CASE: Final = Moves(
    CASE_MOVES,
    ImpossibleAct,
    lambda: _("Ce dossier est « %(state)s » : cela ne peut plus, ou pas encore, se faire."),
)
_TASK: Final = Moves(
    TASK_MOVES,
    ImpossibleAct,
    lambda: _("Cette tâche est « %(state)s » : cela ne peut plus, ou pas encore, se faire."),
)


def case_after(state: str, event: CaseEvent) -> CaseState:
    """The state of a case after an event; ImpossibleAct when it cannot happen in this state."""
    return _CASE.after(CaseState(state), event)


def task_after(state: str, event: TaskEvent) -> TaskState:
    """The state of a task after an event; ImpossibleAct when it cannot happen in this state."""
    return _TASK.after(TaskState(state), event)


def case_events(state: str) -> frozenset[CaseEvent]:
    """What can happen to a case in this state."""
    return _CASE.events(CaseState(state))


def task_events(state: str) -> frozenset[TaskEvent]:
    """What can happen to a task in this state."""
    return _TASK.events(TaskState(state))
