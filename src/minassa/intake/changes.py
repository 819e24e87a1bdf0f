"""What a monthly declaration changes against the month before: heads, entries, exits, mass of salaries. No names."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import polars as pl

from minassa.declarations.lake import CNSS_LINES, Lake

PERSON: Final = "person"
PRESENT: Final = ("days", "salary_real")
"""Columns that tell who was paid that month."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Two months side by side: persons paid, those who came and left, salaries in centimes (uncapped)."""

    heads_before: int
    heads: int
    entries: int
    exits: int
    salaries_before: int
    salaries: int

    @property
    def more_heads(self) -> int:
        """Persons more than the month before; negative when there are fewer."""
        return self.heads - self.heads_before

    @property
    def more_salaries(self) -> int:
        """Centimes more than the month before; negative when there are fewer."""
        return self.salaries - self.salaries_before

    def as_json(self) -> dict[str, int]:
        """The figures, to be kept."""
        return asdict(self)


def changes_of(kept: Any) -> Changes | None:  # noqa: ANN401 (a document of the database)
    """The figures as they were kept; None when there were none."""
    return Changes(**kept) if kept else None


def compare(lake: Lake, affiliation: int, month: int, persons: pl.DataFrame) -> Changes | None:
    """What a declaration of a month (index) changes; None when the lake does not have the month before it."""
    former = lake.current(CNSS_LINES).filter((pl.col("affiliation") == affiliation) & (pl.col("month") == month - 1))
    before = former.select(PERSON, *PRESENT).collect()
    if not before.height:
        return None
    paid_before, paid = _paid(before), _paid(persons)
    known_before, known = _known(paid_before), _known(paid)
    return Changes(
        heads_before=known_before.len(),
        heads=known.len(),
        entries=int((~known.is_in(known_before.implode())).sum()),
        exits=int((~known_before.is_in(known.implode())).sum()),
        salaries_before=int(paid_before["salary_real"].sum()),
        salaries=int(paid["salary_real"].sum()),
    )


def _paid(persons: pl.DataFrame) -> pl.DataFrame:
    return persons.filter((pl.col("days") > 0) | (pl.col("salary_real") > 0))


def _known(persons: pl.DataFrame) -> pl.Series:
    """Persons who can be told from others, once each: casual labour cannot."""
    return persons.filter(pl.col(PERSON) != 0)[PERSON].unique()
