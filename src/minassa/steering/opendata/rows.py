"""The rows of the data sets that a run makes, from its release: what is not told is an empty cell that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.steering.releases.controlled import Release
from minassa.steering.releases.shapes import NATION, filiere_column, place_row, region_row
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions

Row = dict[str, Any]


def rows_of(name: str, made: Release) -> list[Row]:
    """The rows of `emplois` or of `montants`; KeyError for another name."""
    return list({"emplois": _jobs, "montants": _money}[name](made))


def _jobs(made: Release) -> Iterator[Row]:
    """Every month, region and filière that holds somebody, with the sums over each and over both."""
    base = made.months.get(BASE_MONTH)
    areas = [(None, NATION), (0, region_row(0)), *((one.number, region_row(one.number)) for one in regions())]
    branches = [(None, ""), *((int(one), filiere_column(int(one))) for one in Filiere)]
    for month, told in sorted(made.months.items()):
        for region, row in areas:
            for filiere, column in branches:
                if (row, column) not in told.table.values:
                    continue
                jobs, before = told.value(row, column), base.value(row, column) if base else None
                yield {
                    "mois": format_month(month),
                    "region": region,
                    "filiere": filiere,
                    "emplois": jobs,
                    "emplois_nets": None if jobs is None or before is None else jobs - before,
                    "publie": jobs is not None,
                }


def _money(made: Release) -> Iterator[Row]:
    """Every place, region and the country, for every measure of a year and for all of them."""
    told = made.tables["money"]
    levels = [
        ("pays", "", NATION),
        *(("region", str(one.number), region_row(one.number)) for one in regions()),
        *(("lieu", one.slug, place_row(one.code)) for one in places()),
    ]
    for column in ("", *told.table.shape.columns):
        measure, _space, year = column.partition(" ")
        for level, place, row in levels:
            if (row, column) not in told.table.values:
                continue
            cents = told.value(row, column)
            yield {
                "mesure": measure or None,
                "annee": int(year) if year else None,
                "niveau": level,
                "lieu": place or None,
                "du_centimes": cents,
                "publie": cents is not None,
            }
