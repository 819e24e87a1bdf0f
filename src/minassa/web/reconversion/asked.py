"""What an address asks, read within bounds: whole numbers, occupations and skills that exist; nothing else is heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from minassa.talent.reconversion.settings import Settings, settings
from minassa.talent.reference.reading import reference
from minassa.vocabulary.regions import regions


@dataclass(frozen=True)
class Bound:
    """A whole number that the reader may change: least, most, and what it is when nothing (or no number) is asked."""

    least: int
    most: int
    usual: int

    def of(self, typed: str | None) -> int:
        """The number typed, brought back within the bounds."""
        if typed is None or not typed.strip().isascii() or not typed.strip().isdecimal():
            return self.usual
        return min(max(int(typed.strip()[:9]), self.least), self.most)


FIRST_OCCUPATION: Final = "MO-4222-01"
SIMILARITY: Final = Bound(5, 90, round(settings().similarity.viable * 100))
LEVEL_GAP: Final = Bound(0, 3, settings().filters.level_gap)
HOURS: Final = Bound(20, 3_000, settings().hours.longest)


@dataclass(frozen=True)
class Person:
    """The questions of a person: an occupation, the skills held, how strict to be, where (0: the country)."""

    occupation: str
    held: frozenset[str] | None
    similarity: int
    level_gap: int
    hours: int
    region: int = 0
    no_surplus: bool = False

    def settings(self) -> Settings:
        """The settings that are shipped, with the thresholds that the reader chose."""
        kept = settings()
        viable = self.similarity / 100
        return kept.model_copy(
            update={
                "similarity": kept.similarity.model_copy(update={"viable": viable}),
                "filters": kept.filters.model_copy(update={"level_gap": self.level_gap}),
                "hours": kept.hours.model_copy(update={"longest": self.hours}),
            }
        )


def occupation_of(typed: str | None) -> str:
    """The code of an occupation that exists; the first one proposed otherwise."""
    return typed if typed in reference().occupations else FIRST_OCCUPATION


def person_of(query: QueryDict) -> Person:
    """The questions of an address; skills count once they were ticked by the reader (`propre`)."""
    held = frozenset(query.getlist("c")) & frozenset(reference().skills) if "propre" in query else None
    return Person(
        occupation_of(query.get("de")),
        held,
        SIMILARITY.of(query.get("seuil")),
        LEVEL_GAP.of(query.get("ecart")),
        HOURS.of(query.get("heures")),
        region_of(query.get("region")),
        no_surplus="sans_excedent" in query,
    )


def region_of(typed: str | None) -> int:
    """The number of a region that exists; 0 for the country."""
    return next((one.number for one in regions() if str(one.number) == typed), 0)


PEOPLE: Final = Bound(0, 5_000, 0)
LIKENESS: Final = Bound(0, 90, round(settings().similarity.viable * 100))
COVERAGE: Final = Bound(0, 100, round(settings().filters.coverage * 100))
BRIDGE: Final = Bound(20, 3_000, 400)
BUDGET: Final = Bound(0, 500_000_000, 0)
STAFF_ROWS: Final = 4
EXAMPLE_STAFF: Final = (("MO-4222-01", 600), ("MO-4222-02", 120), ("MO-3512-01", 60), ("MO-3512-02", 20))
EXAMPLE_SEATS: Final[Mapping[str, int]] = {
    "MO-3512-01": 260, "MO-2434-04": 150, "MO-4222-02": 180, "MO-3512-04": 60, "MO-3512-02": 10,
}  # fmt: skip
"""An invented centre of 800 people and invented seats, for a page that nothing was asked yet."""


@dataclass(frozen=True)
class Closing:
    """The questions of a site that closes: people by occupation, seats by occupation, and what to keep to."""

    staff: tuple[tuple[str, int], ...]
    seats: Mapping[str, int]
    similarity: int
    coverage: int
    hours: int
    budget: int
    example: bool


def closing_of(query: QueryDict) -> Closing:
    """The questions of an address; those of the example while nothing was asked."""
    example = "n" not in query
    rows = list(zip(query.getlist("o")[:STAFF_ROWS], query.getlist("n")[:STAFF_ROWS], strict=False))
    staff = EXAMPLE_STAFF if example else tuple((occupation_of(o), PEOPLE.of(n)) for o, n in rows)
    typed = {code: PEOPLE.of(query.get(f"p-{code}")) for code in reference().occupations if f"p-{code}" in query}
    return Closing(
        staff,
        EXAMPLE_SEATS if example else typed,
        LIKENESS.of(query.get("ressemblance")),
        COVERAGE.of(query.get("couverture")),
        BRIDGE.of(query.get("heures")),
        BUDGET.of(query.get("budget")),
        example,
    )
