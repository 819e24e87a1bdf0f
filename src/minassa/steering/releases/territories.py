"""What is published of each region and of each P2I: jobs month by month, filières of a region, money by measure.

Every number is one that another table of the release tells already, under the same control: nothing new is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.steering.releases.controlled import Release
from minassa.steering.releases.shapes import NATION, filiere_column, place_row, region_row
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions

Cell = dict[str, Any]
FILIERES: Final = tuple(filiere_column(int(one)) for one in Filiere)


def territories(made: Release) -> dict[str, Cell]:
    """By region (`r6`) and P2I (`p101`): `months`, `base_jobs`, `base_share`, `filieres`, `measures`; None: not told.

    `base_jobs`: those of June 2025. `base_share`: the part of the jobs of the country then, in millionths.
    """
    rows = [region_row(one.number) for one in regions()]
    rows += [place_row(one.code) for one in places() if one.kind == "p2i"]
    return {row: _territory(made, row) for row in rows}


def _territory(made: Release, row: str) -> Cell:
    last, base = made.months[max(made.months)], made.months.get(BASE_MONTH)
    before, whole = (base.value(row), base.value(NATION)) if base else (None, None)
    return {
        "months": [[format_month(month), told.value(row)] for month, told in sorted(made.months.items())],
        "base_jobs": before,
        "base_share": before * 1_000_000 // whole if before is not None and whole else None,
        "filieres": []
        if row.startswith("p")
        else [
            {"filiere": int(code), "jobs": last.value(row, column)}
            for code, column in zip(Filiere, FILIERES, strict=True)
            if (row, column) in last.table.values
        ],
        "measures": list(_measures(made, row)),
    }


def _measures(made: Release, row: str) -> Iterator[Cell]:
    """What is due there by measure; None where one of its years is not told."""
    told = made.tables["money"]
    columns = [column for column in told.table.shape.columns if (row, column) in told.table.values]
    for measure in sorted({column.partition(" ")[0] for column in columns}):
        values = [told.value(row, column) for column in columns if column.partition(" ")[0] == measure]
        known = [value for value in values if value is not None]
        yield {"measure": measure, "due_cents": sum(known) if len(known) == len(values) else None}
