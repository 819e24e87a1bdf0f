from __future__ import annotations

import pytest

from minassa.engine.grains import Grain
from minassa.offer import loading
from minassa.offer.catalogue import catalogue
from minassa.offer.grains import GRAINS
from minassa.offer.loading import (
    FILIERE_CODES,
    PLACE_CODES,
    InvalidOffer,
    codes,
    context_inputs,
    declared_inputs,
    load_offer,
    measure_figures,
    measure_rules,
)


def test_the_offer_is_loaded_once_and_always_the_same() -> None:
    first = load_offer()
    assert load_offer() is first
    load_offer.cache_clear()
    again = load_offer()
    assert again is not first
    assert again.digest == first.digest
    assert [r.name for r in again.rules] == [r.name for r in first.rules]


def test_every_rule_and_figure_comes_from_a_measure_of_the_catalogue() -> None:
    names = [one.measure for one in catalogue()]
    assert len(load_offer().rules) == sum(len(measure_rules(name)) for name in names)
    assert len(load_offer().figures) == sum(len(measure_figures(name)) for name in names)


def test_the_measures_with_an_amount_are_those_of_the_circular() -> None:
    assert load_offer().measures == ("air", "ais", "pae", "paf")


def test_the_columns_are_declared_for_known_grains() -> None:
    inputs = declared_inputs()
    assert {grain for column in inputs.values() for grain in column.grains} == set(GRAINS)
    assert context_inputs() < inputs.keys()


@pytest.mark.parametrize("grain", GRAINS.values(), ids=lambda grain: grain.name)
def test_keys_and_dates_of_each_grain_are_declared(grain: Grain) -> None:
    inputs = declared_inputs()
    wanted = {*grain.keys, grain.date, *grain.parent_keys}
    assert {name for name in wanted if grain.name in inputs[name].grains} == wanted


def test_tables_are_keyed_by_slugs_and_names() -> None:
    assert codes()["place"]("casanearshore") == PLACE_CODES["casanearshore"] == 101
    assert codes()["filiere"]("KPO") == FILIERE_CODES["KPO"] == 5


@pytest.mark.parametrize(("by", "key"), [("place", "atlantide"), ("filiere", "XYZ")])
def test_a_table_with_an_unknown_key_is_refused(by: str, key: str) -> None:
    with pytest.raises(InvalidOffer, match=key):
        codes()[by](key)


def test_a_figure_defined_by_two_measures_is_refused() -> None:
    with pytest.raises(InvalidOffer, match="défini par pae et par pae"):
        loading._figures(["pae", "pae"])  # noqa: SLF001 (there is no other way to have one twice)
