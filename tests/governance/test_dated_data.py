"""The composition and the rules of committees: closed files, one value a day, each with its source and status."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.governance.errors import InvalidRules
from minassa.governance.models import Membership
from minassa.governance.public import Committee, rules, rules_shown, seats
from minassa.governance.rules import frozen_rules, read_rules, thawed
from minassa.governance.seats import read_seats
from minassa.registry.rotation import encrypted_columns
from minassa.vocabulary.statuses import Status

DAYS = st.dates(date(2025, 7, 1), date(2035, 12, 31))


def text_of(name: str) -> str:
    return resources.files("minassa.governance").joinpath(name).read_text(encoding="utf-8")


@given(day=DAYS, committee=st.sampled_from(Committee))
def test_every_day_has_its_rules_and_one_chair(day: date, committee: Committee) -> None:
    held = rules(committee, day)
    assert thawed(frozen_rules(committee, day)) == held
    assert sum(seat.chair for seat in seats(committee, day)) == 1
    assert len(seats(committee, day)) == 7
    for rule in rules_shown(committee, day).values():
        assert rule.note
        assert rule.status is not Status.OFFICIAL


def test_what_was_read_and_what_is_assumed_is_said() -> None:
    day = date(2026, 11, 30)
    status = {seat.code: seat.status for seat in seats("cto", day)}
    assert (status["mtnra"], status["cnss"]) == (Status.PRESS, Status.PRESS)
    assert {status[code] for code in ("finances", "industrie", "amdie", "emploi", "formation")} == {Status.ASSUMED}
    shown = rules_shown("cto", day)
    assert shown["derogation_majority"].value == "consensus"
    assert shown["derogation_majority"].citation == "circulaire-5-2016"
    assert {name for name, rule in shown.items() if rule.status is Status.ASSUMED} == {
        "quorum_basis_points",
        "quorum_chair",
        "majority",
        "tie",
        "secret_requests",
        "notice_days",
        "kinds",
        "delegated_procedures",
        "consent_highest_score",
        "consent_weakest_status",
    }


RULES_WRONG = {
    "a key too many": ("quorum_chair:", "quorum_chairs: []\nquorum_chair:"),
    "another word": ("value: simple", "value: presque"),
    "a number as text": ("value: 5000", 'value: "5000"'),
    "an unknown text": ("text: circulaire-5-2016", "text: circulaire-5-2061"),
    "an unknown committee": ("committees: [cto]", "committees: [conseil]"),
    "no note": ('note: "Le CTO décide des dérogations', 'note: ""\n    # "'),
    "a value twice on one day": ("  - committees: [copil]\n    value: 6", "  - committees: [cto]\n    value: 6"),
}


@pytest.mark.parametrize("wrong", RULES_WRONG)
def test_a_file_of_rules_that_departs_is_refused(wrong: str) -> None:
    before, after = RULES_WRONG[wrong]
    assert before in text_of("rules.yaml")
    with pytest.raises(InvalidRules):
        read_rules(text_of("rules.yaml").replace(before, after, 1))


SEATS_WRONG = {
    "a seat twice": ("code: finances", "code: cnss"),
    "no language": (', en: "National Social Security Fund"', ""),
    "a vote that is no answer": ("votes: true", "votes: oui et non"),
}


@pytest.mark.parametrize("wrong", SEATS_WRONG)
def test_a_file_of_seats_that_departs_is_refused(wrong: str) -> None:
    before, after = SEATS_WRONG[wrong]
    assert before in text_of("seats.yaml")
    with pytest.raises(InvalidRules):
        read_seats(text_of("seats.yaml").replace(before, after, 1))


def test_a_day_without_rules_or_seats_is_refused() -> None:
    with pytest.raises(InvalidRules):
        rules("cto", date(2015, 12, 31))
    with pytest.raises(InvalidRules):
        seats("cto", date(2025, 6, 30))
    with pytest.raises(InvalidRules):
        seats("conseil", date(2026, 1, 1))


def test_names_and_details_are_encrypted() -> None:
    found = {(model.__name__, name) for model, name in encrypted_columns()}
    assert {("Membership", "name"), ("Interest", "detail")} <= found
    assert Membership._meta.get_field("name").get_internal_type() == "TextField"  # noqa: SLF001 (Django's way to fields)
