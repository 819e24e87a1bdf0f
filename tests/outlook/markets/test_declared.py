"""Jobs since contracts: those of one firm never exceed what it has added; leads matched to places by reasons."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.markets.declared import Contract, declared
from minassa.outlook.markets.matching import Known, Reason, Sought, matches

UNTIL = 24


def test_two_contracts_share_what_the_firm_has_added() -> None:
    told = declared([Contract("a", 1, 30), Contract("b", 5, 10)], {1: 100, 5: 120, UNTIL: 140}, UNTIL)
    # Twenty added since the second, shared three to one; twenty more since the first alone.
    assert [(one.code, one.added, one.jobs) for one in told] == [("a", 40, 35), ("b", 20, 5)]


def test_a_month_without_declarations_is_unknown_and_a_firm_that_shrank_has_added_nothing() -> None:
    told = declared([Contract("a", 1, 30), Contract("b", 2, 10)], {1: 100, UNTIL: 90}, UNTIL)
    assert [(one.added, one.jobs) for one in told] == [(0, 0), (None, None)]


@given(
    st.lists(st.tuples(st.integers(0, 10), st.integers(1, 500)), min_size=1, max_size=5),
    st.lists(st.integers(0, 300), min_size=11, max_size=11),
    st.integers(0, 300),
)
def test_any_contracts_together_never_exceed_what_was_added_since_one_of_them(
    some: list[tuple[int, int]], before: list[int], now: int
) -> None:
    contracts = [Contract(str(rank), month, promised) for rank, (month, promised) in enumerate(some)]
    told = {one.code: one for one in declared(contracts, {**dict(enumerate(before)), UNTIL: now}, UNTIL)}
    for size in range(1, len(told) + 1):
        for group in combinations(told.values(), size):
            assert sum(one.jobs or 0 for one in group) <= max(one.added or 0 for one in group)
    assert sum(one.jobs or 0 for one in told.values()) == max(one.added or 0 for one in told.values())


def test_the_place_with_room_and_people_comes_first_and_says_why() -> None:
    weights = {Reason.ROOM: 4_000, Reason.STAFF: 3_000, Reason.LANGUAGES: 2_000, Reason.DELAY: 1_000}
    full = Known(101, vacant=300, staff={2: 5_000}, speakers={"es": 100}, usual_delay=60)
    empty = Known(104, vacant=50, staff={2: 100}, speakers=None, usual_delay=None)
    first, second = matches(Sought(100, 2, ("es",), 90), [empty, full], weights, 10)
    assert (first.place, first.points) == (101, 10_000)
    assert (second.place, [one.points for one in second.reasons]) == (104, [5_000, 1_000, None, None])
    assert second.points == 2_300
