"""Which P2I may answer a lead: reasons, each with its figure, what was wanted, and a score from 0 to 10,000."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING = "minassa-default#affichage"


class Reason(StrEnum):
    """What a P2I is judged on."""

    ROOM = "room"
    STAFF = "staff"
    LANGUAGES = "languages"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a lead asks: places, filière, languages (ISO 639-1), days from now until it wants them."""

    places: int
    filiere: int
    languages: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a P2I: vacant places, people by filière and by language, usual delay in days. None: unknown."""

    place: int
    vacant: int | None
    staff: Mapping[int, int | None] | None
    speakers: Mapping[str, int | None] | None
    usual_delay: int | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A reason: what is there beside what is wanted (people, places or days), from 0 to 10,000; None: not known."""

    reason: Reason
    there: int | None
    wanted: int
    points: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """A P2I and why: its reasons and their mean under the weights; what is not known counts for nothing."""

    place: int
    reasons: tuple[Scored, ...]
    points: int


def matches(
    sought: Sought, known: Sequence[Known], weights: Mapping[Reason, int], staff_for_one: int
) -> tuple[Match, ...]:
    """The P2I in the order in which they may answer. `staff_for_one`: people in post that make a place easy to fill."""
    found = [_match(sought, one, weights, staff_for_one) for one in known]
    return tuple(sorted(found, key=lambda one: (-one.points, one.place)))


def _match(sought: Sought, known: Known, weights: Mapping[Reason, int], staff_for_one: int) -> Match:
    reasons = tuple(_reasons(sought, known, staff_for_one))
    asked = sum(weights[one.reason] for one in reasons)
    total = sum(weights[one.reason] * (one.points or 0) for one in reasons)
    return Match(known.place, reasons, divide(total, asked, Direction.HALF_UP, ROUNDING) if asked else 0)


def _reasons(sought: Sought, known: Known, staff_for_one: int) -> Iterator[Scored]:
    yield _enough(Reason.ROOM, known.vacant, sought.places)
    here = None if known.staff is None else known.staff.get(sought.filiere, 0)
    yield _enough(Reason.STAFF, here, sought.places * staff_for_one)
    if sought.languages:
        # The scarcest of the languages asked is the one that holds.
        yield _enough(Reason.LANGUAGES, _scarcest(sought.languages, known.speakers), sought.places)
    days = max(sought.days, 0)
    late = known.usual_delay
    soon = None if late is None else BASIS_POINTS if late <= days else _part(days, late)
    yield Scored(Reason.DELAY, late, days, soon)


def _scarcest(languages: Sequence[str], speakers: Mapping[str, int | None] | None) -> int | None:
    """How many speak the language that fewest do; None when one of them is not known."""
    counts = [speakers.get(one, 0) for one in languages] if speakers is not None else [None]
    known = [one for one in counts if one is not None]
    return min(known) if len(known) == len(counts) else None


def _enough(reason: Reason, there: int | None, wanted: int) -> Scored:
    return Scored(reason, there, wanted, None if there is None else _part(there, wanted))


def _part(there: int, wanted: int) -> int:
    """How much of what is wanted is there, all of it at most."""
    if wanted <= 0:
        return BASIS_POINTS
    return divide(min(max(there, 0), wanted) * BASIS_POINTS, wanted, Direction.DOWN, ROUNDING)
