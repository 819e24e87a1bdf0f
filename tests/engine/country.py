"""An invented little country of millers, on which every feature of the engine is tried. Nothing here is law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

import polars as pl
from hypothesis import strategies as st

from minassa.engine import Figure, Grain, Input, Offer, Reform, read_figures, read_reform, rules_of
from minassa.vocabulary.periods import month_index
from tests.engine import country_rules

VALLEYS = {"upper": 1, "middle": 2, "lower": 7}
CODES = {"valley": VALLEYS.__getitem__}
FIRST, LAST = month_index(2019, 1), month_index(2023, 12)
SPANS = {"mill": (FIRST, LAST + 11), "miller": (FIRST, LAST)}

GRAINS = {
    "mill": Grain("mill", ("mill", "year"), "closing_month"),
    "miller": Grain("miller", ("miller", "month"), "month", "mill", ("mill", "year")),
}
BOTH = ("mill", "miller")
INPUTS = MappingProxyType(
    {
        column.name: column
        for column in (
            Input("mill", BOTH, "code", "The mill"),
            Input("year", BOTH, "year", "Year of the mill's accounts"),
            Input("valley", BOTH, "code", "The valley of the mill, or that of the miller's house"),
            Input("closing_month", ("mill",), "month", "Month in which the mill closes its accounts"),
            Input("sacks_year", ("mill",), "count", "Sacks of flour in the year"),
            Input("price_sack", ("mill",), "cents", "Price of a sack"),
            Input("roofed", ("mill",), "boolean", "The mill has a roof"),
            Input("miller", ("miller",), "code", "The miller"),
            Input("month", ("miller",), "month", "The month"),
            Input("wage_month", ("miller",), "cents", "Wage of the month"),
            Input("children", ("miller",), "count", "Children of the miller"),
            Input("apprentice", ("miller",), "boolean", "The miller is an apprentice"),
        )
    }
)
SCHEMAS = {
    "mill": {
        "mill": pl.Int32,
        "year": pl.Int16,
        "valley": pl.Int8,
        "closing_month": pl.Int32,
        "sacks_year": pl.Int16,
        "price_sack": pl.Int32,
        "roofed": pl.Boolean,
    },
    "miller": {
        "miller": pl.Int32,
        "mill": pl.Int64,
        "year": pl.Int32,
        "month": pl.Int32,
        "valley": pl.Int8,
        "wage_month": pl.Int64,
        "children": pl.Int8,
        "apprentice": pl.Boolean,
    },
}
"""Narrow columns on purpose, and keys of another width in the two frames: the engine must widen them."""


@cache
def figures() -> Mapping[str, Figure]:
    read = read_figures(Path(__file__).with_name("country.yaml"), CODES)
    return MappingProxyType({figure.name: figure for figure in read})


def country() -> Offer:
    """The offer of the country, made anew."""
    return Offer(rules_of(country_rules), figures(), INPUTS, GRAINS)


def patch(text: str) -> Reform:
    """A reform of the country from its text."""
    return read_reform(text, CODES)


def mills_and_millers(
    mills: Sequence[Mapping[str, object]], millers: Sequence[Mapping[str, object]]
) -> dict[str, pl.DataFrame]:
    """The two frames of the country, from rows."""
    return {
        "mill": pl.DataFrame(mills, schema=SCHEMAS["mill"]),
        "miller": pl.DataFrame(millers, schema=SCHEMAS["miller"]),
    }


MILLS = range(1, 4)
YEARS = range(2019, 2024)


def population(seed: int, millers: int) -> dict[str, pl.DataFrame]:
    """Every mill with accounts for every year, and some millers in months drawn from the seed."""
    draw = Random(seed)
    mills = [
        {
            "mill": mill,
            "year": year,
            "valley": draw.choice([1, 2, 3, 7]),
            "closing_month": month_index(year, draw.choice([3, 6, 7, 12])),
            "sacks_year": draw.choice([0, 399, 400, 32_000, draw.randrange(1_000)]),
            "price_sack": draw.choice([0, 2**30, draw.randrange(100_000)]),
            "roofed": draw.random() < 0.8,
        }
        for mill in MILLS
        for year in YEARS
    ]
    months = [draw.randint(FIRST, LAST) for _ in range(millers)]
    return mills_and_millers(mills, [_miller(draw, number, month) for number, month in enumerate(months)])


def _miller(draw: Random, number: int, month: int) -> dict[str, object]:
    return {
        "miller": number,
        "mill": draw.choice(MILLS),
        "year": month // 12,
        "month": month,
        "valley": draw.choice([0, 1, 2, 7, 99]),
        "wage_month": draw.choice([0, 100_001, 250_000, 600_000, 600_001, 10**12, draw.randrange(2_000_000)]),
        "children": draw.choice([0, 1, 4, 5, 12]),
        "apprentice": draw.random() < 0.3,
    }


populations = st.builds(population, st.integers(0, 2**32), st.integers(1, 25))
