"""What a page of tensions is asked in its address, and the rows of the cube that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from minassa.outlook.disclosure.parameters import control
from minassa.talent.balance.gaps import CLASSES
from minassa.talent.balance.unit_groups import unit_group_name
from minassa.vocabulary.periods import PeriodError, format_month, parse_month
from minassa.vocabulary.regions import regions
from minassa.web.gaps.wording import SCENARIOS
from minassa.web.public.pages import language

ORDERS: Final = ("tension", "people", "name")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: scenario, month that ends the year, occupation of the map, region of the cell, order, least class."""

    scenario: str
    month: int
    occupation: str
    region: int
    order: str
    least: int


def asked(given: Mapping[str, str], cube: pl.DataFrame) -> Asked:
    """What an address asks; what it says wrongly is taken as not said."""
    scenario = given.get("scenario", "")
    months = cube["month"].unique().sort().to_list()
    occupations = _by_size(cube)
    number = given.get("region", "")
    told = scenarios_told(cube)
    least = given.get("classe", "")
    return Asked(
        scenario=scenario if scenario in told else told[0],
        month=_month(given.get("annee", ""), months),
        occupation=given.get("metier", "") if given.get("metier", "") in occupations else occupations[0],
        region=int(number) if number in {str(one.number) for one in regions()} else 0,
        order=given.get("tri", "") if given.get("tri", "") in ORDERS else "people",
        least=int(least) if least in {str(one) for one in CLASSES} else 0,
    )


def scenarios_told(cube: pl.DataFrame) -> list[str]:
    """The scenarios of a cube, as it goes first where it is told."""
    found = set(cube["scenario"].unique())
    return [name for name in SCENARIOS if name in found]


def _by_size(cube: pl.DataFrame) -> list[str]:
    first = cube.filter(pl.col("grain") == "occupation", pl.col("month") == pl.col("month").min())
    return [str(one) for one in first.sort("before", descending=True)["occupation"].unique(maintain_order=True)]


def _month(text: str, months: list[int]) -> int:
    try:
        month = parse_month(text)
    except PeriodError:
        return months[0]
    return month if month in months else months[0]


def years(cube: pl.DataFrame) -> list[str]:
    """The ends of the years that are told."""
    return [format_month(month) for month in cube["month"].unique().sort().to_list()]


def rows_of(cube: pl.DataFrame, grain: str, **keys: object) -> list[Row]:
    """The rows of a grain for these keys; a cell of too few people is told by its keys alone (`hidden`)."""
    fewest = control().fewest_persons.value
    found = cube.filter(pl.col("grain") == grain, *(pl.col(name) == value for name, value in keys.items()))
    return [{**row, "hidden": row["before"] < fewest} for row in found.iter_rows(named=True)]


def occupation_name(code: str) -> str:
    """The name of an occupation in the language of the page."""
    return unit_group_name(code, language())


def region_name(number: int) -> str:
    """The name of a region in the language of the page; nothing for none."""
    return next((str(getattr(one, f"name_{language()}")) for one in regions() if one.number == number), "")
