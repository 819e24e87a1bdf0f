"""The offer can be evaluated at every month where something changes in it, and refuses outside its dates."""

from __future__ import annotations

from itertools import pairwise

import pytest

from minassa.engine import Rule
from minassa.engine.errors import OutsideDates
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import format_month, parse_month

FIRST, LAST = parse_month("2016-01"), parse_month("2030-12")
OF_2025 = parse_month("2025-07")
SPANS = {"air": FIRST, "ais": FIRST, "pae": OF_2025, "paf": OF_2025}
GRAINS = {"air": "employee_period", "ais": "firm_year", "pae": "hire", "paf": "employee_period"}


def months_of_change() -> list[int]:
    """Every month in which a rule or a figure of the offer starts or has just ended, and the one before."""
    found = {month for grain in load_offer().grains for month in load_offer().change_months(grain)}
    return sorted({near for month in found for near in (month - 1, month)})


@pytest.mark.parametrize("month", months_of_change(), ids=format_month)
def test_each_measure_is_in_force_exactly_within_its_dates(month: int) -> None:
    for measure, first in SPANS.items():
        resolved = load_offer().at(GRAINS[measure], month)
        assert (f"{measure}_amount" in resolved.rules) is (first <= month <= LAST), measure


@pytest.mark.parametrize("month", months_of_change(), ids=format_month)
def test_no_rule_is_lost_for_want_of_what_it_reads(month: int) -> None:
    offer = load_offer()
    for grain in offer.grains:
        wanted = {rule.name for rule in offer.rules if grain in rule.grains and rule.in_force(month)}
        assert wanted - offer.at(grain, month).rules.keys() == set(), grain


@pytest.mark.parametrize("rule", load_offer().rules, ids=lambda rule: f"{rule.name}-{format_month(rule.starts)}")
def test_a_rule_is_computable_on_its_first_and_last_month(rule: Rule) -> None:
    for month in (rule.starts, LAST + 60 if rule.ends is None else rule.ends):
        for grain in rule.grains:
            assert load_offer().at(grain, month).require(rule.name) is rule


@pytest.mark.parametrize("measure", SPANS)
def test_a_measure_refuses_before_and_after_its_dates(measure: str) -> None:
    for month in (SPANS[measure] - 1, LAST + 1):
        with pytest.raises(OutsideDates, match=f"{measure}_amount"):
            load_offer().at(GRAINS[measure], month).require(f"{measure}_amount")


def test_versions_of_an_amount_adjoin() -> None:
    for measure in SPANS:
        versions = sorted(
            (rule for rule in load_offer().rules if rule.name == f"{measure}_amount"), key=lambda rule: rule.starts
        )
        for earlier, later in pairwise(versions):
            assert earlier.ends is not None
            assert later.starts == earlier.ends + 1


def test_the_law_of_employee_periods_changes_inside_a_year_only_in_july_2025() -> None:
    """Each such month cuts a year in two for every employee: it must be wanted, and said."""
    changes = load_offer().change_months("employee_period")
    assert [format_month(month) for month in changes if month % 12] == ["2025-07"]


def test_each_condition_that_can_be_switched_keeps_its_switch_through_its_dates() -> None:
    offer = load_offer()
    for rule in offer.rules:
        if rule.switch is not None:
            values = offer.figures[rule.switch].values
            covered = {month for month in range(rule.starts, LAST + 1) if any(v.in_force(month) for v in values)}
            assert covered == set(range(rule.starts, LAST + 1)), rule.name


def test_only_wishes_are_switched_off() -> None:
    law = load_offer().at("hire", OF_2025)
    off = {rule.name: rule.status.value for rule in law.conditions("pae") if not law.active(rule)}
    assert off == dict.fromkeys(
        ["pae_net_creation", "pae_no_replacement", "pae_skills_rising", "pae_value_added_rising"], "proposed"
    )
