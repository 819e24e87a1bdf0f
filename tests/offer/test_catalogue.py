from __future__ import annotations

import pytest

from minassa.offer import catalogue as register
from minassa.offer.catalogue import InvalidCatalogue, catalogue, measure, read_catalogue
from minassa.offer.loading import load_offer, measure_rules
from minassa.vocabulary.periods import month_of

ENTRY = """
- measure: essai
  kind: support
  label: {fr: Essai, ar: تجربة, en: Trial}
  texts: [minassa-default]
  status: assumed
  starts: 2025-07-01
  grains: [hire]
  period_kind: once
"""


@pytest.mark.parametrize("one", catalogue(), ids=lambda one: one.measure)
def test_the_catalogue_says_what_the_rules_say(one: register.Measure) -> None:
    rules = [rule for rule in measure_rules(one.measure) if rule.grains[0] in one.grains]
    assert min(rule.starts for rule in rules) == month_of(one.starts)
    ends = {rule.ends for rule in rules}
    assert (None in ends) is (one.ends is None)
    if one.ends is not None:
        assert max(end for end in ends if end is not None) == month_of(one.ends)


@pytest.mark.parametrize("one", [one for one in catalogue() if one.amount], ids=lambda one: one.measure)
def test_the_amount_is_computed_on_the_grain_of_the_catalogue(one: register.Measure) -> None:
    grains = {grain for rule in load_offer().rules if rule.name == one.amount for grain in rule.grains}
    assert grains == set(one.grains)
    assert one.claims is not None, "a measure with an amount can be claimed"


def test_every_amount_stands_in_the_catalogue() -> None:
    amounts = {rule.name for rule in load_offer().rules if rule.kind == "amount"}
    assert amounts == {one.amount for one in catalogue() if one.amount}


def test_a_measure_is_found_by_its_name() -> None:
    assert measure("pae").label.en == "Employment premium (PAE)"
    with pytest.raises(InvalidCatalogue, match="pea"):
        measure("pea")


def test_an_entry_that_follows_the_schema_is_read() -> None:
    assert [one.measure for one in read_catalogue(ENTRY)] == ["essai"]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("kind: support", "kind: other"),
        ("status: assumed", "status: perhaps"),
        ("period_kind: once", "period_kind: once\n  colour: red"),
        ("fr: Essai", "fr: ''"),
        ("texts: [minassa-default]", "texts: []"),
        ("measure: essai", "measure: Essai Deux"),
    ],
)
def test_an_entry_that_departs_from_the_schema_is_refused(written: str, instead: str) -> None:
    assert written in ENTRY
    with pytest.raises(InvalidCatalogue, match="schéma"):
        read_catalogue(ENTRY.replace(written, instead))


def test_a_measure_written_twice_is_refused() -> None:
    with pytest.raises(InvalidCatalogue, match="deux fois"):
        read_catalogue(ENTRY + ENTRY)
