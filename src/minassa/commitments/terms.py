"""What a commitment is made of: who answers for it, from what base, by which steps, measured by which indicator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from minassa.vocabulary.statuses import Status


class Unit(StrEnum):
    """What a commitment counts; the indicator that measures it counts the same."""

    JOBS = "jobs"
    CENTS = "cents"
    BASIS_POINTS = "basis_points"
    SECONDS = "seconds"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the three languages."""

    fr: str
    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a term was read, how sure it is, and what must be known of it (in French)."""

    status: Status
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A value promised by the end of a month (an index); either is None where no source tells it."""

    month: int | None
    value: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Baseline:
    """A value at the end of a month that the commitment is counted from, and of what scope it is."""

    month: int
    value: int
    scope: Words
    source: Source


@dataclass(frozen=True, slots=True)
class Commitment:
    """What someone has promised. Its measured value is nowhere here: `indicator` and `filters` say how it is read.

    `scaled`: in an invented nation, promised values are brought to its size. `since_month`: where no baseline is known,
    the month of the indicator that the path starts from. `recommendation`: the universal number of the recommendation
    that a committee made of it, empty for what is shipped.
    """

    code: str
    programme: str
    owner: str
    unit: Unit
    titles: Words
    owner_source: Source
    steps: tuple[Step, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    indicator: str = ""
    filters: dict[str, int] = field(default_factory=dict)
    scaled: bool = False
    since_month: int | None = None
    reserve: Words | None = None
    recommendation: str = ""
    decided_on: date | None = None

    @property
    def last_step(self) -> Step | None:
        """The last value promised by a month that is known; None where none is."""
        dated = [step for step in self.steps if step.month is not None and step.value is not None]
        return dated[-1] if dated else None
