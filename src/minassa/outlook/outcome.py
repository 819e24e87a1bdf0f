"""What came out of a trial: totals, and who gains and who loses by filière, region, place and firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions

CELL = ["affiliation", "place", "filiere", "year"]
"""What tells a cell from another. `year`: of the work (AIR, PAF), of the closing (AIS), of the 18th month (PAE)."""
AXES = {
    "filiere": "by_filiere",
    "region": "by_region",
    "place": "by_place",
    "year": "by_year",
    "affiliation": "by_firm",
}
SHOWN_FIRMS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One measure under a reform: sums by cell (`base` and `reformed`, centimes), lines that gain and that lose."""

    cells: pl.DataFrame
    gaining: int
    losing: int

    def total(self, column: str) -> int:
        """Sum over all cells, in centimes."""
        return int(self.cells[column].sum())


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reform tried: its parts by measure."""

    name: str
    description: str
    parts: Mapping[str, Part]

    def by(self, axis: str) -> pl.DataFrame:
        """Base, reformed and difference over all measures along an axis, in centimes, in order of the axis."""
        cells = pl.concat([part.cells for part in self.parts.values()])
        summed = cells.group_by(axis).agg(pl.col("base").sum(), pl.col("reformed").sum()).sort(axis)
        return summed.with_columns((pl.col("reformed") - pl.col("base")).alias("difference"))

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain data, amounts in centimes."""
        base = sum(part.total("base") for part in self.parts.values())
        reformed = sum(part.total("reformed") for part in self.parts.values())
        return {
            "reform": self.name,
            "description": self.description,
            "total": _amounts(base, reformed),
            "measures": {
                measure: {
                    **_amounts(part.total("base"), part.total("reformed")),
                    "lines_gaining": part.gaining,
                    "lines_losing": part.losing,
                }
                for measure, part in self.parts.items()
            },
            **{
                key: [_labelled(axis, row) for row in self.by(axis).iter_rows(named=True)] for axis, key in AXES.items()
            },
        }

    def text(self) -> str:
        """The outcome in a few lines, for people."""
        document = self.as_json()
        lines = [f"Réforme « {self.name} »"]
        lines += [f"  {m.upper():5} {_told(d)}" for m, d in document["measures"].items()]
        lines.append(f"  Total {_told(document['total'])}")
        for title, key in (("Par filière", "by_filiere"), ("Par région", "by_region")):
            lines.append(f"  {title} :")
            lines += [f"    {row['label']:32} {_told(row)}" for row in document[key] if row["difference_cents"]]
        firms = sorted(document["by_firm"], key=lambda row: -abs(row["difference_cents"]))[:SHOWN_FIRMS]
        lines.append("  Entreprises les plus touchées :")
        lines += [f"    {row['code']:32} {_told(row)}" for row in firms if row["difference_cents"]]
        return "\n".join(lines)


def _amounts(base: int, reformed: int) -> dict[str, int]:
    return {"base_cents": base, "reformed_cents": reformed, "difference_cents": reformed - base}


def _labelled(axis: str, row: Mapping[str, Any]) -> dict[str, Any]:
    code = int(row[axis])
    return {
        "code": code,
        "label": _labels(axis).get(code, str(code)),
        **_amounts(int(row["base"]), int(row["reformed"])),
    }


def _labels(axis: str) -> Mapping[int, str]:
    if axis == "filiere":
        return {int(one): one.label() for one in Filiere}
    if axis == "region":
        return {one.number: one.name_fr for one in regions()}
    return {one.code: one.name_fr for one in places()} if axis == "place" else {}


def _told(amounts: Mapping[str, int]) -> str:
    sign = "+" if amounts["difference_cents"] > 0 else ""
    return (
        f"{format_dirhams(amounts['base_cents'])} → {format_dirhams(amounts['reformed_cents'])} "
        f"({sign}{format_dirhams(amounts['difference_cents'])})"
    )
