"""The occupations present in a place that may be told one by one, for a trial to say from which people could move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from minassa.outlook.specialisation.fields import UNKNOWN


@dataclass(frozen=True, slots=True)
class Present:
    """People of an occupation (code of the reference, else unit group) and its field; None where they are not told."""

    occupation: str
    field: str
    people: int | None


def present(
    counts: pl.DataFrame,
    places: Sequence[int],
    *,
    fewest_people: int = 0,
    fewest_firms: int = 0,
) -> tuple[Present, ...]:
    """The occupations of some places (`counts`: as `observed.COUNTS`), few of them told of nothing.

    Where one occupation alone of a field is not told, the smallest of the others is not either: the field tells its
    sum, and a subtraction would give it back.
    """
    here = counts.filter(pl.col("place").is_in(places) & (pl.col("field") != UNKNOWN))
    rows = here.group_by("field", "occupation").agg(pl.col("people").sum(), pl.col("firms").max())
    told = [
        (Present(code, field, people), people >= fewest_people and firms >= fewest_firms)
        for field, code, people, firms in rows.sort("field", "occupation").iter_rows()
    ]
    names = dict.fromkeys(one.field for one, _shown in told)
    groups = ([pair for pair in told if pair[0].field == name] for name in names)
    return tuple(one for group in groups for one in _under_control(group))


def _under_control(group: Iterable[tuple[Present, bool]]) -> list[Present]:
    """The occupations of one field, those that few hold without their number, and never one such alone."""
    rows = list(group)
    hidden = {one.occupation for one, shown in rows if not shown}
    if len(hidden) == 1 and len(rows) > 1:
        others = [one for one, shown in rows if shown]
        hidden.add(min(others, key=lambda one: (one.people or 0, one.occupation)).occupation)
    return [replace(one, people=None) if one.occupation in hidden else one for one, _shown in rows]
