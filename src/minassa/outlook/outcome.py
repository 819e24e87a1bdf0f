"""What came out of a trial: totals, and who gains and who loses along every axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from minassa.outlook.cells import AXES, Cells, Column
from minassa.outlook.sizes import span_of
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions

SHOWN_FIRMS: Final = 10
NUMBERS: Final = ("base", "reformed", "gained", "lost", "gaining", "losing")
"""What is summed: centimes, then rows."""
_KEYS: Final = {axis: f"by_{'firm' if axis == 'affiliation' else axis}" for axis in AXES}


@dataclass(frozen=True, slots=True)
class Moved:
    """What a reform moves, by cell: centimes gained and lost by rows, and how many rows gain and lose."""

    gained: Column
    lost: Column
    gaining: Column
    losing: Column


@dataclass(frozen=True, slots=True)
class Part:
    """One measure under a reform: what it gives today by cell, and what moves; None where the reform moves nothing.

    `expected` is, by calendar year, what the measure's own forecast gives today and under the reform: empty for a
    measure that has none.
    """

    cells: Cells
    base: Column
    moved: Moved | None
    expected: Mapping[int, tuple[int, int]]

    def total(self, column: str) -> int:
        """Sum over all cells of `base`, `reformed` (centimes), `gained`, `lost`, or of rows `gaining`, `losing`."""
        if column == "reformed":
            return self.total("base") + self.total("gained") - self.total("lost")
        return int(self.column(column).sum())

    def column(self, name: str) -> Column:
        """A column by cell; zeros for what does not move."""
        if name == "base":
            return self.base
        moved: Column = np.zeros_like(self.base) if self.moved is None else getattr(self.moved, name)
        return moved


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reform tried, in aggregates only: sums by measure, by axis, by measure and year. Small enough to be kept.

    `measures`: sums of each measure (as `Part.total`); `expected`: its forecast by year; `tables`: by axis, in its
    order, `base`, `reformed`, `difference`, `gained`, `lost` (centimes) and rows `gaining`, `losing`; `years`: the same
    by year, for each measure.
    """

    name: str
    description: str
    measures: Mapping[str, Mapping[str, int]]
    expected: Mapping[str, Mapping[int, tuple[int, int]]]
    tables: Mapping[str, pl.DataFrame]
    years: Mapping[str, pl.DataFrame]

    def by(self, axis: str) -> pl.DataFrame:
        """The table of an axis."""
        return self.tables[axis]

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain data, amounts in centimes."""
        base = sum(sums["base"] for sums in self.measures.values())
        reformed = sum(sums["reformed"] for sums in self.measures.values())
        return {
            "reform": self.name,
            "description": self.description,
            "total": _amounts(base, reformed),
            "measures": {
                measure: {
                    **_amounts(sums["base"], sums["reformed"]),
                    "lines_gaining": sums["gaining"],
                    "lines_losing": sums["losing"],
                }
                for measure, sums in self.measures.items()
            },
            **{
                key: [_labelled(axis, row) for row in self.by(axis).iter_rows(named=True)]
                for axis, key in _KEYS.items()
            },
        }

    def text(self) -> str:
        """The outcome in a few lines, for people."""
        document = self.as_json()
        lines = [f"Réforme « {self.name} »"]
        lines += [f"  {m.upper():5} {_told(d)}" for m, d in document["measures"].items()]
        lines.append(f"  Total {_told(document['total'])}")
        for title, key in (("Par filière", "by_filiere"), ("Par région", "by_region"), ("Par taille", "by_size")):
            lines.append(f"  {title} :")
            lines += [f"    {row['label']:32} {_told(row)}" for row in document[key] if row["difference_cents"]]
        firms = sorted(document["by_firm"], key=lambda row: -abs(row["difference_cents"]))[:SHOWN_FIRMS]
        lines.append("  Entreprises les plus touchées :")
        lines += [f"    {row['code']:32} {_told(row)}" for row in firms if row["difference_cents"]]
        return "\n".join(lines)


def aggregated(name: str, description: str, parts: Mapping[str, Part], values: Mapping[str, Column]) -> Outcome:
    """The aggregates of the measures under a reform; `values` are those of every axis, in order."""
    return Outcome(
        name,
        description,
        {measure: {number: part.total(number) for number in NUMBERS} for measure, part in parts.items()},
        {measure: part.expected for measure, part in parts.items()},
        {axis: _table(axis, values[axis], list(parts.values())) for axis in AXES},
        {measure: _table("year", values["year"], [part]) for measure, part in parts.items()},
    )


def _table(axis: str, values: Column, parts: list[Part]) -> pl.DataFrame:
    """Parts added up along an axis; a value that no cell of them has is left out."""
    count = len(values)
    there = np.zeros(count, dtype=bool)
    sums = {name: np.zeros(count, dtype=np.int64) for name in ("base", "gained", "lost", "gaining", "losing")}
    for part in parts:
        there[part.cells.ranks[axis]] = True
        for name in sums if part.moved is not None else ("base",):
            sums[name] += part.cells.along(axis, part.column(name), count)
    difference = sums["gained"] - sums["lost"]
    table = pl.DataFrame({axis: values, **sums, "reformed": sums["base"] + difference, "difference": difference})
    return table.filter(pl.Series(there))


def _amounts(base: int, reformed: int) -> dict[str, int]:
    return {"base_cents": base, "reformed_cents": reformed, "difference_cents": reformed - base}


def _labelled(axis: str, row: Mapping[str, Any]) -> dict[str, Any]:
    code = int(row[axis])
    return {
        "code": code,
        "label": _labels(axis).get(code, str(code)) if axis != "size" else _size(code),
        **_amounts(int(row["base"]), int(row["reformed"])),
        "gained_cents": int(row["gained"]),
        "lost_cents": int(row["lost"]),
    }


def _labels(axis: str) -> Mapping[int, str]:
    if axis == "filiere":
        return {int(one): one.label() for one in Filiere}
    if axis == "region":
        return {one.number: one.name_fr for one in regions()}
    return {one.code: one.name_fr for one in places()} if axis == "place" else {}


def _size(number: int) -> str:
    lowest, highest = span_of(number)
    return f"{lowest} et plus" if highest is None else f"{lowest} à {highest}"


def _told(amounts: Mapping[str, int]) -> str:
    sign = "+" if amounts["difference_cents"] > 0 else ""
    return (
        f"{format_dirhams(amounts['base_cents'])} → {format_dirhams(amounts['reformed_cents'])} "
        f"({sign}{format_dirhams(amounts['difference_cents'])})"
    )
