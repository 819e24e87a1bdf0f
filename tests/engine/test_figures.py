from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import Brackets, Figure, Table, parse_figures
from minassa.engine.errors import InvalidFigure, OutsideDates, OverlappingDates
from minassa.engine.figures import DatedValue, SourceEntry
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status
from tests.engine.country import CODES, figures

ENTRY = """
salt_tax:
  description: Tax on salt
  unit: cents
  values:
    - {starts: 2020-01-01, value: 5, status: press, source: {text: gazette}, reviewed_on: 2026-01-01}
"""


def parsed(text: str) -> Figure:
    (figure,) = parse_figures(text, "salt.yaml", CODES)
    return figure


def test_a_figure_holds_between_its_dates_alone() -> None:
    rate = figures()["flour_tax_rate"]
    assert rate.at(month_index(2018, 12)) is None
    assert rate.require(month_index(2019, 1)).value == 1050
    assert rate.require(month_index(2020, 12)).status == Status.OFFICIAL
    with pytest.raises(
        OutsideDates,
        match="Le chiffre flour_tax_rate n'a pas de valeur en 2021-01 ; il est connu pour 2019-01 à 2020-12",
    ):
        rate.require(month_index(2021, 1))


def test_tables_and_brackets_are_read() -> None:
    assert figures()["toll"].require(month_index(2022, 1)).value == Table(((1, 1500), (2, 700), (7, 1500)), 300)
    scale = figures()["flour_tax_scale"].require(month_index(2022, 1)).value
    assert scale == Brackets((0, 100_001, 250_000, 900_000), (0, 1000, 2550, 3700))


def test_an_entry_is_read_whole() -> None:
    assert parsed(ENTRY) == Figure(
        "salt_tax",
        "Tax on salt",
        "cents",
        None,
        (DatedValue(month_index(2020, 1), None, 5, Status.PRESS, SourceEntry(text="gazette"), date(2026, 1, 1)),),
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("source: {text: gazette}, ", "", r"salt.yaml, chiffre salt_tax : values.0.source : "),
        ("status: press", "status: rumour", "values.0.status"),
        ("reviewed_on: 2026-01-01", "reviewed: 2026-01-01", "values.0.reviewed : "),
        ("unit: cents", "unit: dirhams", "unit : "),
        ("value: 5", "value: 5.5", "values.0.value"),
        ("value: 5", "value: '5'", "values.0.value"),
        ("value: 5", "value: true", "True n'est pas une valeur en cents"),
        ("unit: cents", "unit: boolean", "5 n'est pas une valeur en boolean"),
        ("starts: 2020-01-01", "starts: 2020-01-15", "2020-01-15 n'est pas le premier jour d'un mois"),
        (
            "starts: 2020-01-01",
            "starts: 2020-01-01, ends: 2020-06-01",
            "2020-06-01 n'est pas le dernier jour d'un mois",
        ),
        ("starts: 2020-01-01", "starts: 2020-01-01, ends: 2019-06-30", "avant de commencer"),
        ("unit: cents", "unit: cents\n  by: valley", "une table par valley se donne par clés"),
        ("unit: cents", "unit: cents\n  by: planet", r"tables possibles : valley"),
        ("unit: cents", "unit: brackets", "un barème est une liste"),
        ("  unit: cents", "  unit: cents\n  unit: cents", "la clé unit est écrite deux fois"),
        ("salt_tax:", "- salt_tax:", "salt.yaml"),
    ],
)
def test_what_departs_from_the_schema_is_refused_and_told(old: str, new: str, told: str) -> None:
    assert old in ENTRY
    with pytest.raises(InvalidFigure, match=told):
        parsed(ENTRY.replace(old, new))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{upper: 1}", "sous la clé « \\* », la valeur de tous les autres codes"),
        ("{upper: 1, moon: 2, '*': 3}", "la clé moon ne désigne rien dans une table par valley"),
        ("{upper: true, '*': 3}", "nombres entiers|valid integer"),
    ],
)
def test_tables_that_are_not_whole_are_refused(value: str, told: str) -> None:
    with pytest.raises(InvalidFigure, match=told):
        parsed(ENTRY.replace("unit: cents", "unit: cents\n  by: valley").replace("value: 5", f"value: {value}"))


@pytest.mark.parametrize(
    "value", ["[]", "[[100, 0]]", "[[0, 0], [5, 1], [5, 2]]", "[[0, 0], [9, 1], [5, 2]]", "{a: 1}"]
)
def test_brackets_start_at_nothing_and_ascend(value: str) -> None:
    with pytest.raises(InvalidFigure, match="un barème est une liste de"):
        parsed(ENTRY.replace("unit: cents", "unit: brackets").replace("value: 5", f"value: {value}"))


def test_two_values_at_once_are_refused() -> None:
    twice = ENTRY + ENTRY.strip().splitlines()[-1].replace("2020-01", "2021-03") + "\n"
    with pytest.raises(OverlappingDates, match=r"Chiffre salt_tax : .* en 2020-01 et en 2021-03 se chevauchent"):
        parsed(twice)


def dated(starts: int, ends: int | None, value: int) -> DatedValue:
    return DatedValue(starts, ends, value, Status.PRESS, SourceEntry(text="gazette"), date(2026, 1, 1))


@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True).map(sorted),
    st.integers(0, 70),
    st.none() | st.integers(0, 30),
)
def test_a_patch_replaces_its_months_and_no_other(cuts: list[int], starts: int, length: int | None) -> None:
    values = tuple(dated(a, b - 1, number) for number, (a, b) in enumerate(pairwise(cuts)))
    figure = Figure("salt_tax", "Tax on salt", "cents", None, values)
    ends = None if length is None else starts + length
    patched = figure.patched(dated(starts, ends, 99))
    for month in range(-1, 110):
        inside = starts <= month and (ends is None or month <= ends)
        before, after = figure.at(month), patched.at(month)
        assert (None if after is None else after.value) == (99 if inside else before and before.value)
