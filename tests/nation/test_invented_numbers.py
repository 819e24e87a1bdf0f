from __future__ import annotations

import numpy as np
import pytest

from minassa.nation import invented_numbers as numbers
from minassa.vocabulary.identifiers import (
    affiliation_key_holds,
    check_cin,
    check_fiscal_id,
    check_ice,
    check_rc,
    immatriculation_key_holds,
)


def test_employers_are_distinct_in_the_synthetic_range_and_their_keys_hold() -> None:
    every = np.array([numbers.affiliation(rank) for rank in range(numbers.MOST_FIRMS)], np.int64)
    assert len(set(every.tolist())) == numbers.MOST_FIRMS
    assert every.min() >= 9_900_100
    assert every.max() <= 9_999_999
    assert affiliation_key_holds(every).all()


def test_people_of_neighbouring_basins_never_share_a_number() -> None:
    first = numbers.person_serials(0, 700, np.arange(700))
    second = numbers.person_serials(700, 333, np.arange(333))
    assert sorted([*first.tolist(), *second.tolist()]) == list(range(1_033))


def test_numbers_of_people_start_with_1_and_their_keys_hold_up_to_the_last_one() -> None:
    serials = np.array([0, 1, 12_345, numbers.MOST_PEOPLE - 1])
    assert immatriculation_key_holds(numbers.person_numbers(serials)).all()
    assert numbers.person_numbers(np.array([0])).tolist() == [199_999_991]


@pytest.mark.parametrize("serial", [0, 7, 999_999, 1_000_000])
def test_cards_have_the_prefix_that_no_town_has(serial: int) -> None:
    (card,) = numbers.cins(np.array([serial])).tolist()
    assert card.decode() == f"QZ{serial % 1_000_000:06d}"
    assert check_cin(card.decode()) == ()


def test_identifiers_of_firms_pass_the_checks_of_the_vocabulary() -> None:
    for rank in (0, 1, 9_989):
        assert check_ice(numbers.ice(rank)) == ()
        assert check_fiscal_id(str(numbers.fiscal_id(rank))) == ()
        assert check_rc(str(numbers.rc(rank))) == ()
