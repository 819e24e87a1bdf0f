from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.engine import Offer, Warm, reform
from minassa.vocabulary.periods import month_index
from tests.engine.country import SPANS, patch, population, populations
from tests.engine.evaluating import ALL_RULES, KEYS, OFFER, Frames, computed

REFORMS = {
    "nothing": "{name: nothing}",
    "same value": "{name: same, figures: {bread_rate: 1733}}",
    "rate": "{name: dearer, figures: {bread_rate: 2000}}",
    "rate from a month": "{name: later, starts: 2021-05-01, ends: 2022-02-28, figures: {bread_rate: 2000}}",
    "one valley": "{name: toll, starts: 2019-01-01, figures: {toll: {upper: 90000}}}",
    "scale": "{name: scale, figures: {flour_tax_scale: [[0, 0], [50000, 2000]]}}",
    "switched off": "{name: open, conditions: {bread_good_mill: false}}",
    "switched as it was": "{name: same, conditions: {bread_good_mill: true}}",
    "switched on": "{name: strict, starts: 2020-03-01, conditions: {bread_no_apprentice: true}}",
    "above": "{name: thrive, starts: 2021-01-01, figures: {thriving_sacks: 100}}",
    "above and below": "{name: both, figures: {thriving_sacks: 9, bread_rate: 1}, conditions: {bread_good_mill: true}}",
    "ends earlier": "{name: short, dates: {bread: {ends: 2021-06-30}, dam: {ends: 2020-12-31}}}",
    "ends later": "{name: long, dates: {dam: {ends: 2023-12-31}}}",
    "starts later": "{name: late, dates: {bread: {starts: 2020-02-01}}}",
    "everything": "{name: all, starts: 2019-01-01, figures: {dam_share: 9, toll: {'*': 5}, bread_wage_max: 300000}}",
}


def warm(frames: Frames) -> Warm:
    return Warm(OFFER, {grain: frame.lazy() for grain, frame in frames.items()}, SPANS)


def reformed_whole(base: Warm, offer: Offer) -> dict[str, pl.DataFrame]:
    wanted = {grain: [n for n in names if n in offer.rule_names(grain)] for grain, names in ALL_RULES.items()}
    tried = base.tried(offer, wanted)
    return {g: frame.with_columns(tried[g].get_columns()).sort(KEYS[g]) for g, frame in base.frames.items()}


@settings(max_examples=10)
@given(populations, st.sampled_from(sorted(REFORMS)))
def test_what_is_tried_is_what_the_reformed_offer_gives(frames: dict[str, pl.DataFrame], name: str) -> None:
    offer = reform(OFFER, patch(REFORMS[name]))
    found, expected = reformed_whole(warm(frames), offer), computed(frames, offer, wanted=ALL_RULES)
    for grain, keys in KEYS.items():
        assert found[grain].select(expected[grain].columns).to_dicts() == expected[grain].to_dicts(), keys


@pytest.mark.parametrize("name", sorted(REFORMS))
def test_each_reform_on_many_rows(name: str) -> None:
    frames = population(seed=3, millers=500)
    offer = reform(OFFER, patch(REFORMS[name]))
    found, expected = reformed_whole(warm(frames), offer), computed(frames, offer, wanted=ALL_RULES)
    for grain in KEYS:
        assert found[grain].select(expected[grain].columns).equals(expected[grain])


def test_only_what_changes_is_given() -> None:
    base = warm(population(seed=3, millers=50))
    columns = {name: base.tried(reform(OFFER, patch(REFORMS[name]))) for name in REFORMS}
    assert [list(columns["nothing"][grain].columns) for grain in KEYS] == [[], []]
    assert columns["rate"]["miller"].columns == ["bread_amount", "bread_status"]
    assert columns["rate"]["mill"].columns == []
    assert columns["above"]["mill"].columns == ["mill_thrives"]
    shown = ["bread_amount", "bread_entitled", "bread_good_mill", "bread_status"]
    assert columns["above"]["miller"].columns == shown


def test_rows_that_a_reform_does_not_concern_keep_what_they_had() -> None:
    base = warm(population(seed=3, millers=200))
    after = base.tried(reform(OFFER, patch(REFORMS["rate from a month"])))["miller"]
    rows = base.frames["miller"].select("month", old="bread_amount").with_columns(new=after["bread_amount"])
    concerned = pl.col("month").is_between(month_index(2021, 5), month_index(2022, 2))
    assert rows.filter(~concerned, pl.col("old").ne_missing(pl.col("new"))).is_empty()
    assert not rows.filter(concerned, pl.col("old") < pl.col("new")).is_empty()


def test_rows_that_have_lost_their_parent_are_refused_the_same_way() -> None:
    frames = population(seed=4, millers=100)
    frames["mill"] = frames["mill"].filter(pl.col("year") != 2022)
    for name in ("nothing", "rate", "switched off", "above and below"):
        offer = reform(OFFER, patch(REFORMS[name]))
        found, expected = reformed_whole(warm(frames), offer), computed(frames, offer, wanted=ALL_RULES)
        assert found["miller"].select(expected["miller"].columns).equals(expected["miller"])
        assert expected["miller"].filter(pl.col("year") == 2022)["bread_good_mill"].null_count() > 0


def test_the_base_is_left_as_it_was() -> None:
    base = warm(population(seed=3, millers=50))
    before = {grain: frame.clone() for grain, frame in base.frames.items()}
    for text in REFORMS.values():
        base.tried(reform(OFFER, patch(text)))
    assert all(base.frames[grain].equals(before[grain]) for grain in KEYS)


def test_no_row_at_all() -> None:
    empty = {grain: frame.clear() for grain, frame in population(seed=3, millers=1).items()}
    tried = warm(empty).tried(reform(OFFER, patch(REFORMS["rate"])))
    assert [frame.shape for frame in tried.values()] == [(0, 0), (0, 0)]
