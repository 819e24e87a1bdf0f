"""Levers: one for whatever the offer lets be moved, bounds that hold, and reforms the engine accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import Table, reform
from minassa.offer.loading import load_offer
from minassa.outlook.levers import MOVED, InvalidLever, Lever, levers, reform_of
from minassa.outlook.response import Payroll, elasticities, jobs_of
from minassa.vocabulary.places import place_by_slug
from minassa.vocabulary.statuses import Status

LEVERS = {lever.code: lever for lever in levers(load_offer())}
ANY = st.sampled_from(sorted(LEVERS)).map(LEVERS.__getitem__)


def test_every_figure_that_can_be_moved_has_its_levers() -> None:
    offer = load_offer()
    for name, figure in offer.figures.items():
        last = figure.values[-1].value
        of_it = [lever for lever in LEVERS.values() if lever.name == name]
        if figure.unit not in MOVED:
            assert of_it == []
        elif isinstance(last, Table):
            assert len(of_it) == len(last.entries)
        else:
            assert [lever.value for lever in of_it] == [last]
    switches = {rule.switch for rule in offer.rules if rule.switch}
    assert switches <= {lever.name for lever in LEVERS.values() if lever.unit == "boolean"}


@given(ANY, st.data())
def test_a_lever_moved_is_what_the_reformed_offer_holds(lever: Lever, data: st.DataObject) -> None:
    offer = load_offer()
    value = data.draw(st.integers(0, lever.highest))
    assert lever.read(str(value)) == value
    held = reform(offer, reform_of(offer, {lever.code: value}, "essai")).figures[lever.name].values[-1]
    found = dict(held.value.entries)[place_by_slug(lever.key).code] if isinstance(held.value, Table) else held.value
    assert (found, held.status) == (value, Status.PROPOSED)


@pytest.mark.parametrize("given", ["", "-1", "1.5", "dix", "1e3", "99999999999999999999", "²"])
def test_what_a_lever_cannot_take_is_refused_in_words(given: str) -> None:
    with pytest.raises(InvalidLever, match="nombres entiers") as refused:
        LEVERS["pae_rate"].read(given)
    assert refused.value.code == "TRIAL-LEVER"


def test_every_lever_stands_within_its_bounds() -> None:
    assert all(0 <= lever.value <= lever.highest for lever in LEVERS.values())


def test_no_response_is_always_shown_and_jobs_are_arithmetic() -> None:
    assert elasticities().value[0] == 0
    payroll = Payroll(gross_taxable_income_year=1_000_000_00, headcount=1_000)
    more, less = jobs_of(100_000_00, payroll), jobs_of(-100_000_00, payroll)
    assert more == [(0, 0), (20, 20), (60, 60)]
    assert [jobs for _one, jobs in less] == [0, -20, -60]
    assert jobs_of(5, Payroll(0, 0)) == [(0, 0), (20, 0), (60, 0)]
