"""Which hires are new: transfers, re-hires and replacements recognised, honest moves left alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from minassa.entitlements.recruits import VACANCY_WINDOW_MONTHS, classified

START = 2025 * 12 + 6
GROUPS = pl.DataFrame(
    {"affiliation": [1, 2, 3], "group_head": [1, 1, 3]}, schema={"affiliation": pl.Int32, "group_head": pl.Int32}
)
"""Firms 1 and 2 are related; firm 3 stands alone."""
ALIKE = {
    "contract": 1,
    "qualification": 5,
    "moroccan": True,
    "birth_year": 1990,
    "sex": 1,
    "filiere": 1,
    "other_aid_until_month": 0,
    "days_spell": 26,
    "salary_spell": 800_000,
}
"""What the register and CNSS say of everybody here, unless a test says otherwise."""


def spell(firm: int, person: int, first: int, last: int, **facts: object) -> dict[str, Any]:
    """A spell from the month `first` to the month `last` after July 2025, as the register and CNSS tell it."""
    start, end = START + first, START + last
    return {
        "affiliation": firm,
        "person": person,
        "first_month": start,
        "last_month": end,
        "hired_month": start,
        "is_hire": True,
        "left_post": False,
        "in_register": True,
        "establishment": 1,
        "job_title": "Conseiller client",
        "hired_on": dt.date(start // 12, start % 12 + 1, 3),
        "left_on": None,
        **ALIKE,
        "declared_months": last - first + 1,
        **facts,
    }


SCHEMA = {
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "hired_month": pl.Int32,
    "is_hire": pl.Boolean,
    "left_post": pl.Boolean,
    "in_register": pl.Boolean,
    "establishment": pl.Int16,
    "job_title": pl.String,
    "hired_on": pl.Date,
    "left_on": pl.Date,
    "declared_months": pl.Int32,
    **{name: pl.Boolean if name == "moroccan" else pl.Int64 for name in ALIKE},
}


def told(*spells: dict[str, Any]) -> list[tuple[bool, bool, bool]]:
    """(transferred, rehired, replaces a leaver) of each spell, in order."""
    found = classified(pl.DataFrame(list(spells), schema=SCHEMA), GROUPS)
    return list(found.select("transferred", "rehired", "replaces_leaver").iter_rows())


def test_a_move_between_related_firms_is_a_transfer() -> None:
    assert told(spell(2, 7, 0, 5, left_post=True), spell(1, 7, 6, 20, job_title="Autre"))[1] == (True, False, False)


def test_a_move_between_unrelated_firms_is_a_new_job() -> None:
    assert told(spell(3, 7, 0, 5, left_post=True), spell(1, 7, 6, 20))[1] == (False, False, False)


def test_a_move_long_after_is_a_new_job() -> None:
    assert told(spell(2, 7, 0, 2, left_post=True), spell(1, 7, 15, 20))[1] == (False, False, False)


def test_someone_back_in_the_same_firm_is_rehired() -> None:
    assert told(spell(1, 7, 0, 5, left_post=True), spell(1, 7, 12, 20, job_title="Autre"))[1] == (False, True, False)


def test_the_post_of_a_leaver_is_filled_not_created() -> None:
    assert told(spell(1, 7, 0, 5, left_post=True), spell(1, 8, 7, 20))[1] == (False, False, True)


def test_another_job_or_establishment_is_another_post() -> None:
    gone = spell(1, 7, 0, 5, left_post=True)
    assert told(gone, spell(1, 8, 7, 20, job_title="Ingénieur"))[1] == (False, False, False)
    assert told(gone, spell(1, 8, 7, 20, establishment=2))[1] == (False, False, False)


def test_a_vacancy_closes_after_its_window() -> None:
    late = 5 + VACANCY_WINDOW_MONTHS + 2
    assert told(spell(1, 7, 0, 5, left_post=True), spell(1, 8, late, 30))[1] == (False, False, False)


def test_one_leaver_makes_one_replacement_and_the_first_comer_takes_it() -> None:
    found = told(spell(1, 7, 0, 5, left_post=True), spell(1, 8, 6, 30), spell(1, 9, 7, 30))
    assert [one[2] for one in found] == [False, True, False]


def test_of_those_hired_on_the_same_day_facts_choose_the_replacement_not_pseudonyms() -> None:
    gone = spell(1, 5, 0, 5, left_post=True)
    for other in ({"birth_year": 1985}, {"salary_spell": 700_000}, {"left_post": False}):
        one, two = {"left_post": True, **other}, {"left_post": True}
        first = told(gone, spell(1, 8, 6, 30, **one), spell(1, 9, 6, 30, **two))
        renamed = told(gone, spell(1, 8, 6, 30, **two), spell(1, 9, 6, 30, **one))
        assert [row[2] for row in first] == [False, True, False]
        assert [row[2] for row in renamed] == [False, False, True]


def test_somebody_new_fills_a_vacancy_before_somebody_transferred_the_same_day() -> None:
    before = spell(2, 7, 0, 5, left_post=True, job_title="Autre")
    gone = spell(1, 5, 0, 5, left_post=True)
    found = told(before, gone, spell(1, 7, 6, 30), spell(1, 8, 6, 30))
    assert found[2:] == [(True, False, False), (False, False, True)]


SPELLS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(0, 24), st.integers(0, 8), st.booleans()), max_size=25
)


@given(SPELLS)
def test_there_are_never_more_replacements_than_leavers(stays: list[tuple[int, int, int, int, bool]]) -> None:
    rows = [spell(f, p, s, s + n, left_post=gone) for f, p, s, n, gone in stays]
    unique = list({(r["affiliation"], r["person"], r["first_month"]): r for r in rows}.values())
    if not unique:
        return
    filled = sum(one[2] for one in told(*unique))
    assert filled <= sum(r["left_post"] for r in unique)
