from __future__ import annotations

from datetime import date

import pytest

from minassa.offer.loading import load_offer
from minassa.onestop.errors import InvalidAnswers
from minassa.onestop.public import eligibility, questions, verdict
from minassa.reforms.versions import enacted
from minassa.vocabulary.periods import month_index

pytestmark = pytest.mark.django_db
DECEMBER = month_index(2026, 12)
GOOD = {
    "listed_activity": True,
    "accounts_known": True,
    "turnover_year": 10_000_000_00,
    "export_turnover_year": 8_000_000_00,
    "activity_year": 4,
    "tax_certificate_age_months": 1,
    "social_certificate_age_months": 2,
}


def test_a_firm_that_meets_every_condition_is_told_so() -> None:
    assert verdict(eligibility(GOOD, DECEMBER)) is True


def test_nothing_said_is_nothing_known_and_each_condition_names_what_it_needs() -> None:
    reasons = eligibility({}, DECEMBER)
    assert verdict(reasons) is None
    assert {reason.held for reason in reasons} == {None}
    assert set().union(*(reason.unknown for reason in reasons)) == {question.key for question in questions()}


def test_the_share_exported_follows_the_offer() -> None:
    for exported, rank, held in ((7_000_000_00, 4, True), (6_999_999_99, 4, False), (0, 2, True)):
        reasons = eligibility({**GOOD, "export_turnover_year": exported, "activity_year": rank}, DECEMBER)
        [share] = [reason for reason in reasons if reason.name == "eligibility_export_share"]
        assert share.held is held
        assert share.texts
        assert verdict(reasons) is held


def test_before_july_2025_no_certificate_was_asked() -> None:
    names = {reason.name for reason in eligibility(GOOD, month_index(2024, 12))}
    assert "eligibility_tax_certificate" not in names


def test_a_question_nobody_asks_is_refused() -> None:
    with pytest.raises(InvalidAnswers):
        eligibility({"favourite_colour": 1}, DECEMBER)


def test_what_a_committee_decided_of_the_offer_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    decided = {"figures": {"export_share_min": 8_500}}
    changed = enacted(load_offer(), "Part exportée", date(2026, 7, 1), decided, "COPIL-2026-0001/1")
    assert verdict(eligibility(GOOD, DECEMBER)) is True
    monkeypatch.setattr("minassa.onestop.eligibility.offer_in_force", lambda: changed)
    assert verdict(eligibility(GOOD, DECEMBER)) is False
    assert verdict(eligibility(GOOD, month_index(2026, 6))) is True
