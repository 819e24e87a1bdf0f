"""From one occupation to the next: what is held, what is missing, the hours it takes, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from minassa.talent.reconversion.closeness import Asked, Closeness, ranked
from minassa.talent.reconversion.nearness import Named, Nearness
from minassa.talent.reconversion.settings import Settings, settings
from minassa.talent.reference.entries import Occupation, Skill
from minassa.talent.reference.reading import Reference, reference


class Obstacle(StrEnum):
    """Why a near occupation is not advised."""

    FAR = "far"
    LITTLE = "little"
    """Too small a share of the essential skills is held."""
    LEVEL = "level"
    WAGE = "wage"
    LONG = "long"


@dataclass(frozen=True)
class Move:
    """A passage to an occupation: similarity 0 to 1, share of its essential skills held, hours for the others."""

    to: Occupation
    similarity: float
    coverage: float
    missing: tuple[str, ...]
    hours: int
    level_gap: int
    wage_ratio: float | None
    obstacles: tuple[Obstacle, ...]

    @property
    def advised(self) -> bool:
        """Nothing stands in the way."""
        return not self.obstacles


@dataclass(frozen=True)
class Leaving:
    """Who leaves: an occupation, the skills held today, those half known, and wages by occupation where known."""

    occupation: Occupation
    held: frozenset[str]
    half_known: frozenset[str] = frozenset()
    wages: Mapping[str, int] | None = None


class Passages:
    """All the passages between the occupations of a reference, under given settings."""

    def __init__(self, reference: Reference, settings: Settings, like: Passages | None = None) -> None:
        """Weigh the skills once, unless `like` did; each question is then answered without reading anything."""
        self._reference, self._settings = reference, settings
        weighed = (like.closeness, like.nearness) if like else _weighed(reference, settings)
        self.closeness: Closeness = weighed[0]
        self.nearness: Nearness = weighed[1]

    def under(self, settings: Settings) -> Passages:
        """The same passages under other thresholds; the weights of skills stay."""
        return Passages(self._reference, settings, self)

    def leaving(self, code: str, held: frozenset[str] | None = None, wages: Mapping[str, int] | None = None) -> Leaving:
        """Someone of an occupation; without a list of skills, those deemed essential. KeyError if unknown."""
        one = self._reference.occupations[code]
        if held is None:
            return Leaving(one, frozenset(one.essential), frozenset(one.optional), wages)
        return Leaving(one, held & frozenset(self._reference.skills), wages=wages)

    def all(self, leaving: Leaving) -> list[Move]:
        """A move to each other occupation: those advised first, by similarity; then the others."""
        scores = self._similarities(leaving)
        moves = [self.one(leaving, code, score) for code, score in ranked(scores, (leaving.occupation.code,))]
        return sorted(moves, key=lambda move: not move.advised)

    def one(self, leaving: Leaving, code: str, similarity: float | None = None) -> Move:
        """The move to an occupation. KeyError if unknown."""
        to = self._reference.occupations[code]
        missing = tuple(skill for skill in to.essential if skill not in leaving.held)
        near = self._similarity(leaving, code) if similarity is None else similarity
        hours, gap = self._hours(leaving, to, missing), to.cnc - leaving.occupation.cnc
        move = Move(to, near, self._coverage(leaving, to), missing, hours, gap, _ratio(leaving, code), ())
        return replace(move, obstacles=self._obstacles(move))

    def _similarity(self, leaving: Leaving, code: str) -> float:
        own = leaving.occupation
        whole = leaving.held == frozenset(own.essential)
        return self.nearness.between(own.code, code) if whole else self._similarities(leaving)[code]

    def _similarities(self, leaving: Leaving) -> dict[str, float]:
        own = leaving.occupation
        if leaving.held == frozenset(own.essential):
            return {code: self.nearness.between(own.code, code) for code in self._reference.occupations}
        return self.nearness.of_person(self.closeness.of_skills(leaving.held), own.code)

    def _coverage(self, leaving: Leaving, to: Occupation) -> float:
        weights = {skill: self.closeness.rarity(skill) for skill in to.essential}
        whole = sum(weights.values())
        half = self._settings.hours.optional_share
        known = sum(weight * _known(leaving, skill, half) for skill, weight in weights.items())
        return known / whole if whole else 0.0

    def _hours(self, leaving: Leaving, to: Occupation, missing: tuple[str, ...]) -> int:
        hours = self._settings.hours
        full = {skill: hours.of(self._reference.skills[skill].kind, to.cnc) for skill in missing}
        return round(sum(full[skill] * (1 - _known(leaving, skill, hours.optional_share)) for skill in missing))

    def _obstacles(self, move: Move) -> tuple[Obstacle, ...]:
        settings, ratio = self._settings, move.wage_ratio
        told = {
            Obstacle.FAR: move.similarity < settings.similarity.viable,
            Obstacle.LITTLE: move.coverage < settings.filters.coverage,
            Obstacle.LEVEL: abs(move.level_gap) > settings.filters.level_gap,
            Obstacle.WAGE: ratio is not None and ratio < settings.filters.wage_ratio,
            Obstacle.LONG: move.hours > settings.hours.longest,
        }
        return tuple(one for one, there in told.items() if there)


def _weighed(reference: Reference, settings: Settings) -> tuple[Closeness, Nearness]:
    asked = {
        code: Asked(frozenset(one.essential), frozenset(one.optional)) for code, one in reference.occupations.items()
    }
    closeness = Closeness(asked, settings.similarity.essential, settings.similarity.optional)
    occupations, skills = (
        {code: _names(one) for code, one in entries.items()} for entries in (reference.occupations, reference.skills)
    )
    return closeness, Nearness(asked, closeness, Named(occupations, skills))


@cache
def shipped_passages() -> Passages:
    """The passages of the reference and the settings that are shipped."""
    return Passages(reference(), settings())


def _names(entry: Occupation | Skill) -> str:
    """Everything an entry is called in French and in English, which share their letters."""
    return " ".join((entry.label.fr, entry.label.en, *entry.synonyms.fr, *entry.synonyms.en))


def _known(leaving: Leaving, skill: str, half: float) -> float:
    """The share of a skill that is held: all, half (the optional skills of one's occupation), none."""
    if skill in leaving.held:
        return 1.0
    return half if skill in leaving.half_known else 0.0


def _ratio(leaving: Leaving, code: str) -> float | None:
    wages = leaving.wages or {}
    before, after = wages.get(leaving.occupation.code), wages.get(code)
    return after / before if before and after else None
