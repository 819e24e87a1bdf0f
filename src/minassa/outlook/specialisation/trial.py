"""What a target of specialisation asks of a place: people, seats, trainers, surfaces; and what it displaces. Pure.

People are counted in whole heads, rounded so that the target is reached. Shares are in basis points of the people
whose occupation is recognised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from minassa.vocabulary.rates import BASIS_POINTS

REST: Final = "rest"
"""Whoever is in no field that is told: other occupations, and fields that too few hold."""
MOST_SHARE: Final = 9_000
"""A target beyond it would leave nothing else in the place."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An occupation present out of the field: its people, the nearest of the field, similarity 0 to 1, hours to learn.

    `advised`: nothing stands in the way of the passage, by the settings of reconversion.
    """

    occupation: str
    field: str
    people: int
    to: str
    similarity: float
    hours: int
    advised: bool

    @property
    def distance(self) -> float:
        """How far the two occupations are by their skills, 0 to 1."""
        return 1 - self.similarity


@dataclass(frozen=True, slots=True)
class Held:
    """A place as it is: people recognised, those in each field that is told (the one tried among them), passages."""

    recognised: int
    fields: Mapping[str, int]
    passages: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is tried: the share of a field, in how many years, and the part of its new posts to fill by conversions."""

    field: str
    share: int
    years: int
    converted: int


@dataclass(frozen=True, slots=True)
class Ratios:
    """What a trial counts with.

    `movable`: the part of the people of a near occupation who may move, basis points. `kept`, `inserted`: shares of
    entrants who graduate and of graduates who come to work, 0 to 1. `metres`: square metres for one more post.
    """

    movable: int
    kept: float
    inserted: float
    entrants_by_trainer: int
    metres: int


@dataclass(frozen=True, slots=True)
class Moved:
    """People who move from an occupation to the field."""

    passage: Passage
    people: int

    @property
    def hours(self) -> int:
        """Hours of training for all of them."""
        return self.passage.hours * self.people


@dataclass(frozen=True, slots=True)
class Weight:
    """A field before and after: people, and share in basis points (rounded down) of those recognised."""

    field: str
    before: int
    after: int
    share_before: int
    share_after: int

    @property
    def change(self) -> int:
        """People more (or fewer)."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Trial:
    """What is asked, in people, seats and square metres, and every field before and after."""

    added: int
    moved: tuple[Moved, ...]
    seats_recruits: int
    seats_year: int
    trainers: int
    metres: int
    weights: tuple[Weight, ...]

    @property
    def converted(self) -> int:
        """People of the place who change occupation."""
        return sum(one.people for one in self.moved)

    @property
    def posts(self) -> int:
        """Posts more in the field."""
        return self.added + self.converted

    @property
    def seats(self) -> int:
        """Seats of training over all the years: for recruits before they come, and one for each who moves."""
        return self.seats_recruits + self.converted

    @property
    def hours(self) -> int:
        """Hours of training of those who move."""
        return sum(one.hours for one in self.moved)


def tried(held: Held, wanted: Wanted, ratios: Ratios) -> Trial:
    """What a target asks; all zero where the share is already reached. ValueError for a share or years out of range."""
    if not 0 <= wanted.share <= MOST_SHARE or wanted.years < 1 or not 0 <= wanted.converted <= BASIS_POINTS:
        message = "Une cible est une part de 0 à 90 %, dans une année au moins."
        raise ValueError(message)
    places = _movable(held, wanted.field, ratios.movable)
    posts = _posts(held, wanted, sum(most for _passage, most in places))
    moved = _moves(places, posts * wanted.converted // BASIS_POINTS)
    added = posts - sum(one.people for one in moved)
    recruits = ceil(added / (ratios.kept * ratios.inserted)) if added else 0
    seats = recruits + sum(one.people for one in moved)
    seats_year = -(-seats // wanted.years)
    return Trial(
        added=added,
        moved=moved,
        seats_recruits=recruits,
        seats_year=seats_year,
        trainers=-(-seats_year // ratios.entrants_by_trainer),
        metres=added * ratios.metres,
        weights=_weights(held, wanted.field, added, moved),
    )


def _movable(held: Held, field: str, part: int) -> list[tuple[Passage, int]]:
    """The passages that are advised, the nearest first, each with the most people who may take it."""
    near = [one for one in held.passages if one.advised and one.field != field]
    near.sort(key=lambda one: (-one.similarity, one.occupation))
    return [(one, one.people * part // BASIS_POINTS) for one in near]


def _posts(held: Held, wanted: Wanted, movable: int) -> int:
    """The fewest posts more in the field with which its share is reached, some of them by conversions."""
    field = held.fields.get(wanted.field, 0)

    def reached(posts: int) -> bool:
        added = posts - min(posts * wanted.converted // BASIS_POINTS, movable)
        return (field + posts) * BASIS_POINTS >= wanted.share * (held.recognised + added)

    low, high = 0, -(-wanted.share * held.recognised // (BASIS_POINTS - wanted.share))
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return low


def _moves(places: Sequence[tuple[Passage, int]], people: int) -> tuple[Moved, ...]:
    """People who move, from the nearest occupations first."""
    found, left = [], people
    for passage, most in places:
        taken = min(most, left)
        if taken:
            found.append(Moved(passage, taken))
            left -= taken
    return tuple(found)


def _weights(held: Held, field: str, added: int, moved: Sequence[Moved]) -> tuple[Weight, ...]:
    """Every field that is told, then the rest: their people before and after add up to those of the place."""
    before = {field: 0, **held.fields}
    before[REST] = held.recognised - sum(before.values())
    after = dict(before)
    after[field] += added
    for one in moved:
        after[field] += one.people
        after[one.passage.field if one.passage.field in held.fields else REST] -= one.people
    whole, later = held.recognised, held.recognised + added
    return tuple(
        Weight(code, people, after[code], _share(people, whole), _share(after[code], later))
        for code, people in before.items()
    )


def _share(people: int, whole: int) -> int:
    return people * BASIS_POINTS // whole if whole else 0
