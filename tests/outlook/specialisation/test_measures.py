"""Measures of specialisation are those of published worked examples, and find what was planted in a nation."""

from __future__ import annotations

from math import log

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minassa.outlook.specialisation.fields import ELSEWHERE, UNKNOWN, field_of, fields
from minassa.outlook.specialisation.measures import (
    effective_activities,
    herfindahl,
    location_quotient,
    location_quotients,
    proximities,
    relatedness_density,
    shannon,
)
from minassa.outlook.specialisation.observed import COUNTS, observed
from minassa.talent.reference.reading import reference


def test_the_quotient_is_that_of_a_textbook() -> None:
    """Farhauer and Kröll (2013), as the manual of the R package REAT, `locq`, prints it: 0.3847623."""
    assert location_quotient(1_714, 79_006, 879_213, 15_593_224) == pytest.approx(0.3847623, abs=5e-8)


def test_the_concentration_is_that_of_a_textbook() -> None:
    """Doersam (2004), as the manual of REAT, `herf`, prints it: sales of 20, 50, 20 and 10 give 0.34."""
    assert herfindahl([20, 50, 20, 10]) == pytest.approx(0.34)


def test_the_proximity_is_that_of_the_atlas() -> None:
    """Atlas of Economic Complexity, technical box 5.1: 17 countries export wine, 24 grapes, 11 both: 11/24 = 0.46."""
    both, wine, grapes = [[True, True]] * 11, [[True, False]] * 6, [[False, True]] * 13
    found = proximities(np.array(both + wine + grapes))
    assert found[0, 1] == found[1, 0] == pytest.approx(11 / 24)
    assert round(float(found[0, 1]), 2) == 0.46


def test_diversity_is_that_of_even_shares() -> None:
    assert shannon([5, 5, 5, 5]) == pytest.approx(log(4))
    assert effective_activities([5, 5, 5, 5]) == pytest.approx(4)
    assert (shannon([7]), effective_activities([7]), herfindahl([7])) == (0, 1, 1)
    assert (shannon([]), herfindahl([0])) == (None, None)


@given(arrays(np.int64, (4, 5), elements=st.integers(1, 10_000)))
def test_quotients_weighted_by_places_give_one(people: np.ndarray) -> None:
    table = people.astype(np.float64)
    weights = table.sum(axis=1) / table.sum()
    assert location_quotients(table).T @ weights == pytest.approx(np.ones(5))


def test_what_is_close_to_what_is_done_is_dense() -> None:
    close = np.array([[1.0, 0.8, 0.1], [0.8, 1.0, 0.1], [0.1, 0.1, 1.0]])
    dense = relatedness_density(np.array([[True, False, False]]), close)
    assert dense[0].tolist() == pytest.approx([0, 0.8 / 0.9, 0.5])


def test_every_field_names_occupations_of_the_reference_and_each_is_in_one_field() -> None:
    known = reference().occupations
    for one in fields().values():
        assert set(one.occupations) <= set(known)
        assert {code for code in one.occupations if field_of(code, known[code].isco08) != one.code} == set()
    groups = [group for one in fields().values() for group in one.groups]
    assert len(groups) == len(set(groups))
    assert field_of("MO-2529-04", "2529") == "cybersecurity"
    assert (field_of("MO-2514-01", "2514"), field_of("", "")) == (ELSEWHERE, UNKNOWN)


def test_the_planted_place_is_found() -> None:
    counts = planted({101: "cloud-devops", 102: "engineering", 103: "cybersecurity", 104: "ai-data"})
    found = observed(counts, [(place, (place,)) for place in (101, 102, 103, 104, 105)], lambda _one, _other: 0.5)
    first = {one.place: one.first.code if one.first else None for one in found}
    assert {place: first[place] for place in (101, 102, 103, 104)} == {
        101: "cloud-devops",
        102: "engineering",
        103: "cybersecurity",
        104: "ai-data",
    }
    assert first[105] is None


def test_a_field_of_few_is_not_told() -> None:
    counts = planted({101: "cloud-devops"})
    (one,) = observed(counts, [(101, (101,))], lambda _one, _other: 0.5, fewest_people=10**6)
    assert {(field.people, field.share, field.quotient) for field in one.fields} == {(None, None, None)}


def planted(special: dict[int, str]) -> pl.DataFrame:
    """Five places of the same activities; each planted field is held three times more there than elsewhere."""
    codes = {name: next(iter(one.occupations)) for name, one in fields().items()} | {ELSEWHERE: "MO-4222-01"}
    rows = [
        (place, 1, code, field, (3 if special.get(place) == field else 1) * (900 if field == ELSEWHERE else 40), 9)
        for place in (101, 102, 103, 104, 105)
        for field, code in codes.items()
    ]
    return pl.DataFrame(rows, schema=COUNTS, orient="row")
