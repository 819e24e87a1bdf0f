"""Amounts, counts, rates, days and durations as they are written in three languages."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.money import LARGEST_AMOUNT, parse_dirhams
from minassa.web import writing

LANGUAGES = ("fr", "ar", "en")
AMOUNTS = st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT)
ISOLATES = "\N{LEFT-TO-RIGHT ISOLATE}\N{POP DIRECTIONAL ISOLATE}"


@given(AMOUNTS, st.sampled_from(LANGUAGES))
def test_an_amount_is_read_back_as_it_was(cents: int, language: str) -> None:
    assert parse_dirhams(writing.digits(cents, language).replace(".", ",")) == cents


@given(AMOUNTS, st.sampled_from(LANGUAGES))
def test_an_amount_keeps_the_order_of_its_digits_in_a_line_of_arabic(cents: int, language: str) -> None:
    text = writing.money(cents, language)
    inside = text[1 : text.index(ISOLATES[1])]
    assert text[0] == ISOLATES[0]
    assert inside == writing.digits(cents, language)
    assert " " not in text
    # Inside the isolate no character of a language written from right to left, and no space that would cut the number.
    assert {unicodedata.bidirectional(each) for each in inside} <= {"EN", "CS", "ES"}


@given(AMOUNTS)
def test_groups_have_three_digits(cents: int) -> None:
    groups = writing.digits(cents).lstrip("\N{MINUS SIGN}").partition(",")[0].split("\N{NARROW NO-BREAK SPACE}")
    assert all(len(group) == 3 for group in groups[1:])
    assert 1 <= len(groups[0]) <= 3


@pytest.mark.parametrize(
    ("points", "language", "written"),
    [
        (1_250, "fr", "12,5\N{NARROW NO-BREAK SPACE}%"),
        (2_000, "fr", "20\N{NARROW NO-BREAK SPACE}%"),
        (5, "en", "0.05%"),
        (-301, "ar", "\N{MINUS SIGN}3,01\N{NARROW NO-BREAK SPACE}%"),
    ],
)
def test_a_rate(points: int, language: str, written: str) -> None:
    assert writing.percent(points, language) == written


def test_days_and_instants_are_those_of_morocco() -> None:
    late = dt.datetime(2026, 8, 3, 23, 30, tzinfo=dt.UTC)
    assert writing.day(late, "fr") == "4 août 2026"
    assert writing.day(late, "ar") == "4 غشت 2026"
    assert writing.when(late, "fr") == "4 août 2026 à 00:30"
    assert writing.month(dt.date(2026, 11, 1), "ar") == "نونبر 2026"


@pytest.mark.parametrize(
    ("seconds", "french", "arabic"),
    [
        (0, "0 seconde", "0 ثانية"),
        (3_600, "1 heure", "ساعة واحدة"),
        (7_260, "2 heures 1 minute", "ساعتان ودقيقة واحدة"),
        (273_900, "3 jours 4 heures", "3 أيام و4 ساعات"),
        (11 * 86_400, "11 jours", "11 يوما"),
        (100 * 86_400 + 59, "100 jours", "100 يوم"),
        (-60, "1 minute", "دقيقة واحدة"),
    ],
)
def test_durations_in_their_two_largest_units(seconds: int, french: str, arabic: str) -> None:
    assert writing.span(seconds, "fr").replace("\N{NO-BREAK SPACE}", " ") == french
    assert writing.span(seconds, "ar").replace("\N{NO-BREAK SPACE}", " ") == arabic
