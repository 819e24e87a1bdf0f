"""How near two occupations are: the cosine of their skills, rare skills weighing more than those everybody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Asked:
    """The skills that an occupation asks, by code."""

    essential: frozenset[str]
    optional: frozenset[str]


class Closeness:
    """Vectors of skills weighted by rarity (logarithm of occupations over occupations that ask it) and their cosines.

    `essential` and `optional` are the weights of the two kinds of links; a skill that is both counts as essential.
    """

    def __init__(self, asked: Mapping[str, Asked], essential: float, optional: float) -> None:
        """Weigh the skills of all occupations, by code of occupation."""
        self._weights = (essential, optional)
        counted = Counter(skill for one in asked.values() for skill in one.essential | one.optional)
        self._rarity = {skill: log(len(asked) / count) for skill, count in counted.items()}
        self._vectors = {code: self._vector(one) for code, one in asked.items()}

    def rarity(self, skill: str) -> float:
        """The weight of a skill; 0 for one that no occupation, or every occupation, asks."""
        return self._rarity.get(skill, 0.0)

    def between(self, one: str, other: str) -> float:
        """The cosine of two occupations by code, 0 to 1; KeyError for a code that is not there."""
        return _dot(self._vectors[one], self._vectors[other])

    def of_skills(self, held: Iterable[str]) -> Vector:
        """The weights, of length 1, of the skills that a person holds, all counted as essential."""
        return self._vector(Asked(frozenset(held), frozenset()))

    def vector(self, occupation: str) -> Vector:
        """The weights of the skills of an occupation, of length 1. KeyError for a code that is not there."""
        return self._vectors[occupation]

    def _vector(self, asked: Asked) -> Vector:
        essential, optional = self._weights
        told = {skill: optional * self.rarity(skill) for skill in asked.optional}
        told |= {skill: essential * self.rarity(skill) for skill in asked.essential}
        length = sqrt(sum(weight * weight for weight in told.values()))
        return {skill: weight / length for skill, weight in told.items()} if length else {}


def _dot(one: Vector, other: Vector) -> float:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * longer.get(skill, 0.0) for skill, weight in shorter.items())


def ranked(scores: Mapping[str, float], without: Sequence[str] = ()) -> list[tuple[str, float]]:
    """Codes and scores, the nearest first; equal ones in the order of their codes."""
    return sorted(
        ((code, score) for code, score in scores.items() if code not in without), key=lambda at: (-at[1], at[0])
    )
