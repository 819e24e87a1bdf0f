"""What each place is observed to be specialised in: quotients, diversity, what is close to what it already does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from minassa.outlook.specialisation.fields import UNKNOWN, fields
from minassa.outlook.specialisation.measures import (
    effective_activities,
    herfindahl,
    location_quotient,
    location_quotients,
    relatedness_density,
)

COUNTS: Final = {
    "place": pl.Int16,
    "filiere": pl.Int8,
    "occupation": pl.String,
    "field": pl.String,
    "people": pl.Int64,
    "firms": pl.Int64,
}
"""People in post by place, filière, occupation (code of the reference, else unit group, else empty), with its firms."""
SPECIALISED: Final = 1.0
"""The quotient above which a place is specialised, as the authors of the measure take it."""


@dataclass(frozen=True, slots=True)
class InField:
    """A field in a place: people, firms, share of those recognised, quotient; None where too few would be told.

    `density`: how much of what is close to the field, by skills, the place already does, 0 to 1.
    """

    code: str
    people: int | None
    firms: int
    share: float | None
    quotient: float | None
    density: float | None


@dataclass(frozen=True, slots=True)
class Observed:
    """A place: people in post, those recognised, its fields, concentration and diversity of its occupations."""

    place: int
    people: int
    recognised: int
    fields: tuple[InField, ...]
    herfindahl: float | None
    effective: float | None

    @property
    def first(self) -> InField | None:
        """The field that the place is most specialised in, above the country; None where there is none."""
        told = [one for one in self.fields if one.quotient is not None and one.quotient > SPECIALISED]
        return max(told, key=lambda one: one.quotient or 0.0, default=None)


def observed(
    counts: pl.DataFrame,
    units: Sequence[tuple[int, Sequence[int]]],
    closeness: Callable[[str, str], float],
    *,
    fewest_people: int = 0,
    fewest_firms: int = 0,
) -> tuple[Observed, ...]:
    """What each unit (code, places) is specialised in, against the whole country. `counts`: as `COUNTS`.

    A field held by too few people or firms is told neither by its people nor by what follows from them.
    """
    known = counts.filter(pl.col("field") != UNKNOWN)
    density = _densities(known, units, closeness)
    return tuple(
        _of_unit(counts, known, code, places, density.get(code, {}), (fewest_people, fewest_firms))
        for code, places in units
    )


def _of_unit(
    counts: pl.DataFrame,
    known: pl.DataFrame,
    code: int,
    places: Sequence[int],
    density: dict[str, float],
    least: tuple[int, int],
) -> Observed:
    here = known.filter(pl.col("place").is_in(places))
    held = here.group_by("occupation").agg(pl.col("people").sum()).sort("occupation")["people"].to_list()
    return Observed(
        place=code,
        people=int(counts.filter(pl.col("place").is_in(places))["people"].sum()),
        recognised=int(here["people"].sum()),
        fields=tuple(_in_field(here, known, one, density.get(one), least) for one in fields()),
        herfindahl=herfindahl(held),
        effective=effective_activities(held),
    )


def _in_field(
    here: pl.DataFrame, known: pl.DataFrame, field: str, density: float | None, least: tuple[int, int]
) -> InField:
    mine = here.filter(pl.col("field") == field)
    people, firms = int(mine["people"].sum()), int(mine["firms"].max() or 0)  # type: ignore[arg-type]
    whole, everywhere = int(here["people"].sum()), int(known.filter(pl.col("field") == field)["people"].sum())
    if people > 0 and (people < least[0] or firms < least[1]):
        return InField(field, None, firms, None, None, density)
    quotient = location_quotient(people, whole, everywhere, int(known["people"].sum()))
    return InField(field, people, firms, people / whole if whole else None, quotient, density)


def _densities(
    known: pl.DataFrame, units: Sequence[tuple[int, Sequence[int]]], closeness: Callable[[str, str], float]
) -> dict[int, dict[str, float]]:
    """For each unit and field, the density of its occupations: the mean over those of the field, by skills."""
    members = known.select("occupation", "field").unique().sort("occupation")
    codes = [one for one in members["occupation"].to_list() if one.startswith("MO-")]
    if not codes:
        return {}
    close = np.array([[closeness(one, other) for other in codes] for one in codes])
    rows = known.group_by("place", "occupation").agg(pl.col("people").sum()).iter_rows()
    held = {(place, code): people for place, code, people in rows}
    table = np.array(
        [[sum(held.get((place, code), 0) for place in places) for code in codes] for _unit, places in units],
        dtype=np.float64,
    )
    dense = relatedness_density(np.nan_to_num(location_quotients(table)) > SPECIALISED, close)
    field_of = dict(members.iter_rows())
    found: dict[int, dict[str, float]] = {}
    for row, (unit, _places) in enumerate(units):
        for field in fields():
            mine = [dense[row, at] for at, code in enumerate(codes) if field_of[code] == field]
            if mine:
                found.setdefault(unit, {})[field] = float(np.mean(mine))
    return found
