"""What happens to a case, and the state it leaves it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from minassa.delays.errors import DisorderedEvents, ImpossibleEvent
from minassa.delays.grounds import ground
from minassa.delays.holders import MAIN_HOLDERS, is_agency_code
from minassa.delays.zone import local_day


class EventKind(StrEnum):
    """The seven things that move a case from one holder to another."""

    OPENED = "opened"
    """The case begins; `holder` has it."""
    HANDED = "handed"
    """`holder` has the case whenever no task of an administration is open."""
    TASK_OPENED = "task_opened"
    """`agency` is asked for its part."""
    TASK_CLOSED = "task_closed"
    """`agency` has answered."""
    PAUSED = "paused"
    """The whole case, or the task of `agency`, stops on the legal `ground`."""
    RESUMED = "resumed"
    """The whole case, or the task of `agency`, goes on."""
    CLOSED = "closed"
    """The case is decided: its life ends."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event, at an instant in epoch seconds; a field that its kind does not use is empty."""

    at: int
    kind: EventKind
    holder: str = ""
    agency: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """An open task of an administration: its rank among those of this administration (from 1), and what pauses it."""

    spell: int
    ground: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """The state of a case: who has it between tasks, the open tasks, what pauses it, whether it is over."""

    holder: str = ""
    tasks: Mapping[str, Task] = field(default_factory=dict)
    spells: Mapping[str, int] = field(default_factory=dict)
    ground: str = ""
    closed: bool = False


def ordered(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events as given; DisorderedEvents when one precedes the one before it."""
    listed = tuple(events)
    for rank, (earlier, later) in enumerate(pairwise(listed), start=2):
        if later.at < earlier.at:
            raise DisorderedEvents(f"L'événement n° {rank} précède celui d'avant.", rank=rank)
    return listed


def after(state: State | None, event: Event) -> State:
    """Return the state after an event, None standing for "before the case"; ImpossibleEvent when it cannot happen."""
    if (state is None) is not (event.kind is EventKind.OPENED):
        raise ImpossibleEvent("Un dossier commence par son ouverture, et n'est ouvert qu'une fois.", kind=event.kind)
    if state is None:
        return State(holder=_main_holder(event))
    if state.closed:
        raise ImpossibleEvent("Le dossier est clos : plus rien ne peut lui arriver.", kind=event.kind)
    if event.kind is EventKind.HANDED:
        return replace(state, holder=_main_holder(event))
    if event.kind is EventKind.CLOSED:
        return replace(state, closed=True)
    if event.kind is EventKind.TASK_OPENED:
        return _task_opened(state, event.agency)
    if event.kind is EventKind.TASK_CLOSED:
        _task(state, event.agency)
        return replace(state, tasks={code: task for code, task in state.tasks.items() if code != event.agency})
    return _paused(state, event) if event.kind is EventKind.PAUSED else _resumed(state, event)


def _main_holder(event: Event) -> str:
    if event.holder not in MAIN_HOLDERS:
        raise ImpossibleEvent(
            f"« {event.holder} » ne peut pas tenir le dossier ; possibles : {', '.join(sorted(MAIN_HOLDERS))}."
        )
    return event.holder


def _task_opened(state: State, agency: str) -> State:
    if not is_agency_code(agency):
        raise ImpossibleEvent("Une tâche s'ouvre chez une administration désignée par son code.", agency=agency)
    if agency in state.tasks:
        raise ImpossibleEvent(f"Une tâche est déjà ouverte chez « {agency} ».", agency=agency)
    spell = state.spells.get(agency, 0) + 1
    return replace(state, tasks={**state.tasks, agency: Task(spell)}, spells={**state.spells, agency: spell})


def _task(state: State, agency: str) -> Task:
    if agency not in state.tasks:
        raise ImpossibleEvent(f"Aucune tâche n'est ouverte chez « {agency} ».", agency=agency)
    return state.tasks[agency]


def _paused(state: State, event: Event) -> State:
    ground(event.ground, local_day(event.at))
    if not event.agency:
        if state.ground:
            raise ImpossibleEvent("Le dossier est déjà en pause.")
        return replace(state, ground=event.ground)
    task = _task(state, event.agency)
    if task.ground:
        raise ImpossibleEvent(f"La tâche de « {event.agency} » est déjà en pause.", agency=event.agency)
    return replace(state, tasks={**state.tasks, event.agency: replace(task, ground=event.ground)})


def _resumed(state: State, event: Event) -> State:
    if not event.agency:
        if not state.ground:
            raise ImpossibleEvent("Le dossier n'est pas en pause.")
        return replace(state, ground="")
    task = _task(state, event.agency)
    if not task.ground:
        raise ImpossibleEvent(f"La tâche de « {event.agency} » n'est pas en pause.", agency=event.agency)
    return replace(state, tasks={**state.tasks, event.agency: replace(task, ground="")})
