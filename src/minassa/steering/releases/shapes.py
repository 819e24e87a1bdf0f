"""The tables in which numbers are published: places in regions in the nation, filières, measures of a year, months."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from minassa.outlook.disclosure.tables import ALL, Key, Shape
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions

NATION: Final = "nation"
UNPLACED: Final = "p0"
"""The place of firms whose files tell none, in a region of its own."""


def region_row(number: int) -> str:
    """The row of a region; 0 where the place is not told."""
    return f"r{number}"


def place_row(code: int) -> str:
    """The row of a place."""
    return f"p{code}"


def filiere_column(code: int) -> str:
    """The column of a filière; 0 for none."""
    return f"f{code}"


def _ground() -> dict[str, str]:
    """Every place with its region, every region with the nation."""
    found = {NATION: NATION, region_row(0): NATION, UNPLACED: region_row(0)}
    found |= {region_row(one.number): NATION for one in regions()}
    return found | {place_row(one.code): region_row(one.region) for one in places()}


def jobs_shape() -> Shape:
    """Jobs of a month: places by filières."""
    return Shape(_ground(), tuple(filiere_column(int(one)) for one in Filiere))


def money_shape(money: pl.DataFrame) -> Shape:
    """Amounts due: places by measures of a year, which are due for the same persons."""
    pairs = money.select("measure", "year").unique().sort(pl.all()).iter_rows()
    return Shape(_ground(), tuple(f"{measure} {year}" for measure, year in pairs), same_persons=True)


def list_shape(rows: Iterable[str]) -> Shape:
    """A list whose sum is published."""
    return Shape({NATION: NATION} | dict.fromkeys(rows, NATION))


def never_published(shape: Shape) -> frozenset[Key]:
    """Filières of one place: nothing that is published tells them, and they must not be had from the rest."""
    return frozenset((row, column) for row in shape.leaves for column in shape.columns if column != ALL)
