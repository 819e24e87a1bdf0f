"""A table of states: what can happen, where it leads, under which guard. Whatever has states looks up in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from minassa.vocabulary.errors import MinassaError

State = TypeVar("State", bound=Enum)
Event = TypeVar("Event", bound=Enum)


class Move(NamedTuple, Generic[State, Event]):
    """In `state`, `event` leads to `target` if the guard holds; an empty guard always holds.

    A guard is named here, and tested in the module of its act.
    """

    state: State
    event: Event
    target: State
    guard: str = ""


class Moves(Generic[State, Event]):
    """Every move of one table; what is not in it cannot happen, and is refused by `refusal` in words for people.

    `sentence` gives them, in the language of the moment, with the place `%(state)s` of the state.
    """

    def __init__(
        self, moves: Iterable[Move[State, Event]], refusal: type[MinassaError], sentence: Callable[[], str]
    ) -> None:
        """ValueError when two moves leave a state by the same event."""
        every = tuple(moves)
        self._targets = {(move.state, move.event): move.target for move in every}
        self._refusal, self._sentence = refusal, sentence
        if len(self._targets) < len(every):
            message = "two moves leave a state by the same event"
            raise ValueError(message)

    def after(self, state: State, event: Event) -> State:
        """The state after an event; the refusal of the table when it cannot happen in this state."""
        target = self._targets.get((state, event))
        if target is None:
            said = self._sentence() % {"state": getattr(state, "label", state)}
            raise self._refusal(said, state=str(state), event=str(event))
        return target

    def events(self, state: State) -> frozenset[Event]:
        """What can happen in this state."""
        return frozenset(event for source, event in self._targets if source is state)
