"""Levers: one for whatever the offer lets be moved, bounds that hold, and reforms the engine accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import Brackets, Offer, Table, read_reform, reform, restored, snapshot
from minassa.engine.errors import InvalidReform
from minassa.offer.loading import codes, load_offer
from minassa.outlook.levers import InvalidLever, Lever, levers, reform_of
from minassa.outlook.response import Payroll, elasticities, jobs_of
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.places import place, place_by_slug, places
from minassa.vocabulary.statuses import Status

LEVERS = {lever.code: lever for lever in levers(load_offer())}
ANY = st.sampled_from(sorted(LEVERS)).map(LEVERS.__getitem__)


def test_every_figure_and_every_condition_of_the_offer_has_its_levers() -> None:
    """Fails for a figure or a condition that comes without one, whatever its unit and whatever its table."""
    offer = load_offer()
    assert {lever.name for lever in LEVERS.values() if not lever.condition} == set(offer.figures)
    for name, figure in offer.figures.items():
        last = figure.values[-1].value
        of_it = [lever for lever in LEVERS.values() if lever.name == name]
        if isinstance(last, Table):
            slugs = {place(code).slug for code, _value in last.entries}
            assert {lever.key: lever.value for lever in of_it}["*"] == last.default
            assert {lever.key for lever in of_it} == {*slugs, "*"}
        elif isinstance(last, Brackets):
            assert len(of_it) == 2 * len(last.rates) - 1
        else:
            assert [lever.value for lever in of_it] == [last]
    for rule in offer.rules:
        if rule.kind == "condition":
            lever = LEVERS[rule.switch or rule.name]
            assert (lever.unit, lever.condition) == ("boolean", rule.switch is None)


def test_every_place_of_the_register_has_its_lever() -> None:
    assert {f"air_cap.{one.slug}" for one in places()} <= LEVERS.keys()


def held(offer: Offer, lever: Lever) -> tuple[int, Status]:
    """What an offer holds where a lever bears."""
    if lever.condition:
        waiver = offer.waived.get(lever.name)
        return (1, lever.status) if waiver is None else (0, waiver.status)
    last = offer.figures[lever.name].values[-1]
    if isinstance(last.value, Table):
        entries = dict(last.value.entries)
        return last.value.default if lever.key == "*" else entries[place_by_slug(lever.key).code], last.status
    if isinstance(last.value, Brackets):
        part, _dash, rank = lever.key.partition("-")
        return (last.value.rates if part == "rate" else last.value.thresholds)[int(rank)], last.status
    return int(last.value), last.status


@given(ANY, st.data())
def test_a_lever_moved_is_what_the_reformed_offer_holds(lever: Lever, data: st.DataObject) -> None:
    offer = load_offer()
    value = data.draw(st.integers(lever.lowest, lever.highest))
    assert lever.read(lever.told(value)) == lever.read(str(value)) == value
    try:
        made = reform(offer, reform_of(offer, {lever.code: value}, "essai"))
    except InvalidReform:
        assert lever.key.startswith("threshold-")  # thresholds out of order
        return
    unmoved = lever.condition and value
    assert held(made, lever) == (value, lever.status if unmoved else Status.PROPOSED)


def test_a_condition_that_is_lifted_is_met_and_recorded() -> None:
    offer = load_offer()
    made = reform(offer, reform_of(offer, {"pae_stay_reached": 0}, "essai"))
    law = made.at("hire", month_index(2026, 1))
    assert law.rules["pae_stay_reached"].body() is True
    assert law.rules["pae_stay_reached"].status is Status.PROPOSED
    assert (
        made.at("employee_period", month_index(2026, 1)).rules
        == offer.at("employee_period", month_index(2026, 1)).rules
    )
    again = restored(offer, snapshot(made))
    assert (again.digest, dict(again.waived)) == (made.digest, dict(made.waived))
    assert made.digest != offer.digest
    with pytest.raises(InvalidReform, match="n'est pas une condition à lever"):
        reform(offer, read_reform("{name: x, waived: [pae_moroccan]}", codes()))


@pytest.mark.parametrize("given", ["", "-1", "1.5", "dix", "1e3", "99999999999999999999", "²", "2025-07"])
def test_what_a_lever_cannot_take_is_refused_in_words(given: str) -> None:
    with pytest.raises(InvalidLever, match="nombres entiers") as refused:
        LEVERS["pae_rate"].read(given)
    assert refused.value.code == "TRIAL-LEVER"


def test_every_lever_stands_within_its_bounds() -> None:
    assert all(0 <= lever.lowest <= lever.value <= lever.highest for lever in LEVERS.values())


@pytest.mark.parametrize("given", ["2025-13", "1900-01", "2025", "juillet", "2025-07-01"])
def test_a_month_is_read_as_a_month(given: str) -> None:
    assert LEVERS["paf_first_hiring_month"].read("2026-01") == month_index(2026, 1)
    with pytest.raises(InvalidLever, match="va de 2015-01 à 2035-12"):
        LEVERS["paf_first_hiring_month"].read(given)


def test_no_response_is_always_shown_and_jobs_are_arithmetic() -> None:
    assert elasticities().value[0] == 0
    payroll = Payroll(gross_taxable_income_year=1_000_000_00, headcount=1_000)
    more, less = jobs_of(100_000_00, payroll), jobs_of(-100_000_00, payroll)
    assert more == [(0, 0), (20, 20), (60, 60)]
    assert [jobs for _one, jobs in less] == [0, -20, -60]
    assert jobs_of(5, Payroll(0, 0)) == [(0, 0), (20, 0), (60, 0)]
