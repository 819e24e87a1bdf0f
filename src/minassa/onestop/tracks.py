"""Faster ways that packages above open to cases: asked at the deposit, told of what becomes of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Final

from minassa.onestop.acting import Act
from minassa.onestop.case_models import Case
from minassa.onestop.procedure_schema import AskedTask
from minassa.registry.public import Actor

ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
CHANGED: Final = "changed"
"""A complement has changed what the track had taken the case for."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Whether a track takes a case, and what the journal of the case keeps of it."""

    taken: bool
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Track:
    """A faster way.

    `enter`: asked in the act that submits a case; `holds`: whether it would still be taken for the same reason;
    `leave`: told in the act that ends it, with `ACCEPTED`, `REFUSED`, `WITHDRAWN` or `CHANGED`. An acceptance on appeal
    follows a refusal.
    """

    code: str
    enter: Callable[[Case, Actor, datetime], Entered]
    holds: Callable[[Case], bool]
    leave: Callable[[Case, str, Actor, datetime], None]


class Tracks:
    """The table of tracks: filled at start, only read afterwards."""

    _tracks: ClassVar[dict[str, Track]] = {}

    @classmethod
    def add(cls, track: Track) -> None:
        """Enter a track; ValueError when its code is taken."""
        if track.code in cls._tracks:
            raise ValueError(track.code)
        cls._tracks[track.code] = track

    @classmethod
    def all(cls) -> Mapping[str, Track]:
        """Every track, by code."""
        return MappingProxyType(cls._tracks)


def enter(act: Act) -> None:
    """Ask the track of the procedure, if it has one, whether it takes the case; the journal says so, or why not."""
    fast = act.procedure.fast
    track = Tracks.all().get(fast.track) if fast else None
    if track is None:
        return
    entered = track.enter(act.case, act.actor, act.at)
    act.set(track=track.code if entered.taken else "")
    act.tell("case.track", track=track.code, taken=entered.taken, **entered.told)


def check(act: Act) -> None:
    """After a complement: a case that is no longer what its track had taken goes on in the ordinary way."""
    track = Tracks.all().get(act.case.track)
    if track is None or track.holds(act.case):
        return
    track.leave(act.case, CHANGED, act.actor, act.at)
    act.set(track="")
    act.tell("case.track", track=track.code, taken=False, reason=CHANGED)


def leave(act: Act, how: str) -> None:
    """Tell the track of a case how it ended."""
    track = Tracks.all().get(act.case.track)
    if track is not None:
        track.leave(act.case, how, act.actor, act.at)


def decision_delay(act: Act) -> str:
    """The delay within which this case is decided: that of its track, or the ordinary one."""
    fast = act.procedure.fast
    return fast.decision if fast and act.case.track == fast.track else act.procedure.decision.delay


def task_delay(act: Act, asked: AskedTask) -> str:
    """The delay of a body for its task in this case: that of its track, or the ordinary one."""
    fast = act.procedure.fast
    return fast.task if fast and act.case.track == fast.track else asked.delay
