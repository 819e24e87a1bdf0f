"""Random histories of a case, every event possible where it stands."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from minassa.delays import Event, EventKind, State, grounds, instant_at
from minassa.delays.events import after

AGENCIES = ("cnss", "dgi", "commune", "immigration", "egov")
MAIN = ("firm", "platform", "committee", "force_majeure")
FIRST = instant_at(date(2025, 10, 1))
"""From here on, histories cross the clock changes of 15 February, 22 March and 20 September 2026."""
SPAN = 400 * 86_400
GAPS = st.one_of(st.just(0), st.integers(1, 7_200), st.integers(3_600, 30 * 86_400))


def possible(state: State, at: int) -> list[Event]:
    """Events that may happen in a state, but its end."""
    found = [Event(at, EventKind.HANDED, holder=holder) for holder in MAIN]
    for code in AGENCIES:
        task = state.tasks.get(code)
        if task is None:
            found.append(Event(at, EventKind.TASK_OPENED, agency=code))
            continue
        found.append(Event(at, EventKind.TASK_CLOSED, agency=code))
        if task.ground:
            found.append(Event(at, EventKind.RESUMED, agency=code))
        else:
            found += [Event(at, EventKind.PAUSED, agency=code, ground=ground) for ground in sorted(grounds())]
    if state.ground:
        return [*found, *[Event(at, EventKind.RESUMED)] * 4]
    return [*found, *(Event(at, EventKind.PAUSED, ground=ground) for ground in sorted(grounds()))]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], int]:
    """A history and an instant at which it is looked at, not before its opening."""
    at = FIRST + draw(st.integers(0, SPAN // 2))
    events = [Event(at, EventKind.OPENED, holder=draw(st.sampled_from(MAIN)))]
    state = after(None, events[0])
    for gap in draw(st.lists(GAPS, max_size=14)):
        at += gap
        event = draw(st.sampled_from(possible(state, at)))
        state = after(state, event)
        events.append(event)
    if draw(st.booleans()):
        at += draw(GAPS)
        events.append(Event(at, EventKind.CLOSED))
    until = draw(st.integers(events[0].at, at + 10 * 86_400))
    return events, until
