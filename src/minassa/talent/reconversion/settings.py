"""What a reconversion is reckoned with, as the YAML says it: weights, thresholds, hours and cost, dated and assumed."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import Field

from minassa.talent.reference.entries import Closed, Kind, Words

FILE = "settings.yaml"
Share = Annotated[float, Field(ge=0, le=1)]
HoursByLevel = dict[Annotated[int, Field(ge=1, le=8)], Annotated[int, Field(gt=0)]]


class Similarity(Closed):
    """Weights of the two kinds of links, and from which likeness (0 to 1, among all occupations) a move is viable."""

    essential: Share
    optional: Share
    viable: Share
    highly_viable: Share
    note: Words


class Filters(Closed):
    """What makes a near occupation acceptable; `coverage` is the least share of its essential skills that is held."""

    coverage: Share
    level_gap: Annotated[int, Field(ge=0)]
    wage_ratio: Share
    note: Words


class Hours(Closed):
    """Hours of training for one missing essential skill, by kind and level of the occupation aimed at."""

    skill: HoursByLevel
    knowledge: HoursByLevel
    optional_share: Share
    longest: Annotated[int, Field(gt=0)]
    note: Words

    def of(self, kind: Kind, level: int) -> int:
        """Hours for a missing skill of a kind; a level that is not written takes those of the nearest one that is."""
        table = self.skill if kind is Kind.SKILL else self.knowledge
        return table[min(table, key=lambda written: (abs(written - level), written))]


class Cost(Closed):
    """What an hour of training costs for one person, in cents of dirham."""

    hour_cents: Annotated[int, Field(gt=0)]
    note: Words


class Settings(Closed):
    """All of them, with the day they hold from and what they are worth."""

    from_: date = Field(alias="from")
    status: Annotated[str, Field(pattern="^(assumed|decided)$")]
    similarity: Similarity
    filters: Filters
    hours: Hours
    cost: Cost

    def notes(self) -> tuple[Words, ...]:
        """What each part is worth, to be shown beside the results."""
        return (self.similarity.note, self.filters.note, self.hours.note, self.cost.note)


@cache
def settings() -> Settings:
    """Those that are shipped. Raises pydantic.ValidationError when the file does not follow its schema."""
    return Settings.model_validate(
        yaml.safe_load(resources.files(__name__.rpartition(".")[0]).joinpath(FILE).read_bytes())
    )
