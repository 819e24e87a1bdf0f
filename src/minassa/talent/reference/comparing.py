"""Two occupations beside each other: what they share, and what whoever holds one lacks for the other."""

from __future__ import annotations

from dataclasses import dataclass

from minassa.talent.reference.entries import Occupation, Skill
from minassa.talent.reference.reading import Reference
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING = "talent: cover of an occupation by another"


@dataclass(frozen=True, slots=True)
class Compared:
    """Skills that two occupations share, and those of each alone.

    `cover`: basis points of what is essential to the second that the first asks, essential or optional.
    """

    common: tuple[Skill, ...]
    missing: tuple[Skill, ...]
    """Essential to the second, unknown to the first."""
    missing_optional: tuple[Skill, ...]
    left: tuple[Skill, ...]
    """Asked by the first and not by the second."""
    cover: int


def compared(held: Reference, first: Occupation, second: Occupation) -> Compared:
    """What going from the first occupation to the second takes."""
    has = {*first.essential, *first.optional}
    asked = {*second.essential, *second.optional}
    kept = sum(code in has for code in second.essential)
    return Compared(
        common=_skills(held, has & asked),
        missing=_skills(held, set(second.essential) - has),
        missing_optional=_skills(held, set(second.optional) - has),
        left=_skills(held, has - asked),
        cover=divide(kept * BASIS_POINTS, len(second.essential), Direction.HALF_UP, ROUNDING),
    )


def _skills(held: Reference, codes: set[str]) -> tuple[Skill, ...]:
    return tuple(held.skills[code] for code in sorted(codes) if code in held.skills)
