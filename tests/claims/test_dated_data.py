from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from minassa.claims.calendar import MEASURES, CalendarFile, calendar, checked, period_named
from minassa.claims.dated_data import one_at_a_time, read
from minassa.claims.errors import InvalidClaimData
from minassa.claims.weights import WeightsFile, thresholds, weights
from minassa.claims.weights import checked as weighed
from minassa.delays import deadline, delay, instant_at, instant_of, moment_of
from minassa.delays.moments import due_at
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.statuses import Status
from tests.claims.world import NOW, Declared

CALENDAR = resources.files("minassa.claims").joinpath("calendar.yaml").read_text("utf-8")
WEIGHTS = resources.files("minassa.claims").joinpath("weights.yaml").read_text("utf-8")


def test_every_measure_of_the_offer_has_a_calendar_that_says_it_is_assumed() -> None:
    assert set(MEASURES) == set(load_offer().measures) - {"eligibility"}
    for measure in MEASURES:
        for entry in calendar().of(measure):
            assert entry.status is Status.ASSUMED
            assert entry.note


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rhythm: quarter\n", "rhythm: daily\n"),
        ("rhythm: quarter\n", "rhythm: quarter\n    more: 1\n"),
        ("prescribed_after_months: 48", "prescribed_after_months: 0"),
        ("opens_after: claim_after_month", "opens_after: never_heard_of"),
        ("text: minassa-default", "text: no-such-text"),
        ("status: assumed", "status: sure"),
        ("ais:", "air:"),
    ],
)
def test_a_calendar_that_departs_from_its_schema_is_refused(before: str, after: str) -> None:
    assert before in CALENDAR
    with pytest.raises(InvalidClaimData):
        checked(read(CALENDAR.replace(before, after, 1), "essai.yaml", CalendarFile))


def test_two_values_on_one_day_are_refused() -> None:
    with pytest.raises(InvalidClaimData):
        one_at_a_time([*weights().values, *weights().values], "essai.yaml")
    with pytest.raises(InvalidClaimData):
        read(WEIGHTS.replace("income: 30", "income: 101", 1), "essai.yaml", WeightsFile)
    with pytest.raises(InvalidClaimData):
        weighed(read(WEIGHTS.replace("      ghost: 100\n", "", 1), "essai.yaml", WeightsFile))
    with pytest.raises(InvalidClaimData):
        thresholds(NOW.date().replace(year=2020))


def test_a_period_has_one_name_and_unknown_ones_are_refused() -> None:
    found = period_named("air", "2025-T3")
    assert found.first_month == month_of(NOW.date().replace(year=2025, month=7))
    assert period_named("paf", "2025").first_month == found.first_month


def test_former_regimes_have_periods_that_end_before_the_offer_of_2025() -> None:
    last = period_named("air", "2025-T2")
    assert last.entry.ends == date(2025, 6, 30)
    assert last.year_start == month_of(date(2025, 1, 1))
    assert period_named("ais", "2025-06").entry.status is Status.ASSUMED


def test_periods_that_no_calendar_knows_are_refused() -> None:
    for measure, name in (("air", "2023-T4"), ("pae", "2025-06"), ("air", "2026"), ("paf", "2031"), ("pae", "x")):
        with pytest.raises(InvalidClaimData):
            period_named(measure, name)


def test_every_finding_of_a_run_has_its_weight(nation: Declared) -> None:
    kinds = set(nation.late.table("discrepancies").collect()["kind"])
    kinds |= set(nation.late.table("irregularities").collect()["kind"])
    assert kinds <= set(weights().reasons)


def test_the_last_claims_of_the_offer_have_their_delays_told_as_assumed() -> None:
    last = period_named("pae", "2032-06")
    opened = last.opens_at
    for code in (last.entry.contest_within, last.entry.sign_within, "claim_hearing", "claim_contest_answer"):
        assert due_at(code, opened) > opened
        assert deadline(instant_of(opened), delay(code, opened.date())).status is Status.ASSUMED
    assert due_at("claim_hearing", moment_of(instant_at(last.prescribed_on))) > opened
