"""The life of a case, cut where its state changes: every second belongs to one segment, and to those awaited in it.

Who is awaited, hence holds the case:

- while the case is paused, the holder that the ground of the pause names, alone;
- else, while tasks are open, for each of them its administration, or the holder that the ground of the task's own
  pause names; each holder counts once, however many tasks await it;
- else, whoever the case was last handed to.

On the main line a segment has one name: `agencies` while an administration is awaited, else the one holder; the firm
first, then force majeure, where several tasks are paused on several grounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minassa.delays.errors import DisorderedEvents
from minassa.delays.events import Event, State, Task, after, ordered
from minassa.delays.grounds import grounds
from minassa.delays.holders import AGENCIES, FIRM, FORCE_MAJEURE, agency_code, agency_holder


@dataclass(frozen=True, slots=True)
class Segment:
    """From `start` to `end` (epoch seconds, end excluded) the state of a case did not change.

    `holders`: all who are awaited, sorted. `main`: their name on the main line. `ground`: what pauses the whole case,
    or empty. `tasks`: the open tasks by administration, with what pauses each.
    """

    start: int
    end: int
    holders: tuple[str, ...]
    main: str
    ground: str
    tasks: Mapping[str, Task]

    @property
    def seconds(self) -> int:
        """Its length in seconds of the clock."""
        return self.end - self.start


def segments(events: Iterable[Event], until: int) -> tuple[Segment, ...]:
    """Cut the life of a case, from its opening to its closing or to `until` (epoch seconds), the earlier of the two.

    The segments follow each other without gap or overlap and none is empty; events after `until` are left out.
    DisorderedEvents when `until` precedes the opening; ImpossibleEvent, MissingGround or UnknownGround for an event
    that cannot be.
    """
    told = [event for event in ordered(events) if event.at <= until]
    if not told:
        raise DisorderedEvents("Le dossier n'est pas encore ouvert à cet instant.", until=until)
    found: list[Segment] = []
    state: State | None = None
    for rank, event in enumerate(told):
        state = after(state, event)
        end = told[rank + 1].at if rank + 1 < len(told) else until
        if event.at < end and not state.closed:
            found.append(_segment(state, event.at, end))
    return tuple(found)


def state_at(events: Iterable[Event], until: int) -> State | None:
    """Return the state of a case at an instant (epoch seconds), events of that instant included; None before it."""
    state: State | None = None
    for event in ordered(events):
        if event.at <= until:
            state = after(state, event)
    return state


def _segment(state: State, start: int, end: int) -> Segment:
    holders = awaited(state)
    return Segment(start, end, holders, _main(holders), state.ground, state.tasks)


def awaited(state: State) -> tuple[str, ...]:
    """Return all who are awaited in a state, sorted."""
    known = grounds()
    if state.ground:
        return (known[state.ground].holder,)
    if state.tasks:
        return tuple(
            sorted(
                {
                    known[task.ground].holder if task.ground else agency_holder(code)
                    for code, task in state.tasks.items()
                }
            )
        )
    return (state.holder,)


def _main(holders: tuple[str, ...]) -> str:
    if any(agency_code(holder) for holder in holders):
        return AGENCIES
    return next((holder for holder in (FIRM, FORCE_MAJEURE) if holder in holders), holders[0])
