"""A trial of specialisation: counts add up, what is there already asks nothing, more is never asked for less."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.specialisation.observed import COUNTS
from minassa.outlook.specialisation.present import Present, present
from minassa.outlook.specialisation.trial import MOST_SHARE, REST, Held, Passage, Ratios, Trial, Wanted, tried
from minassa.vocabulary.rates import BASIS_POINTS

RATIOS = Ratios(movable=2_000, kept=0.8, inserted=0.5, entrants_by_trainer=15, metres=8)
NEAR = Passage("MO-1", "other", 300, "MO-9", 0.8, 120, advised=True)
NEARER = Passage("MO-2", "cloud-devops", 100, "MO-9", 0.9, 60, advised=True)
FAR = Passage("MO-3", "other", 400, "MO-9", 0.1, 900, advised=False)
HELD = Held(1_000, {"ai-data": 50, "cloud-devops": 100}, (FAR, NEAR, NEARER))


def test_a_target_by_hand() -> None:
    """20 % of 1,000 people, 50 there already: 80 are near enough to move, and recruits make the whole larger."""
    found = tried(HELD, Wanted("ai-data", 2_000, 3, 5_000), RATIOS)
    assert (found.posts, found.converted, found.added) == (168, 80, 88)
    assert [(one.passage.occupation, one.people) for one in found.moved] == [("MO-2", 20), ("MO-1", 60)]
    assert found.hours == 20 * 60 + 60 * 120
    assert (found.seats_recruits, found.seats, found.seats_year, found.trainers) == (220, 300, 100, 7)
    assert found.metres == 88 * 8
    told = {one.field: (one.before, one.after) for one in found.weights}
    assert told == {"ai-data": (50, 218), "cloud-devops": (100, 80), REST: (850, 790)}
    assert {one.field: one.share_after for one in found.weights}["ai-data"] == 2_003


@st.composite
def places(draw: st.DrawFn) -> Held:
    sizes = draw(st.dictionaries(st.sampled_from(["ai-data", "cloud-devops", "engineering"]), st.integers(0, 500)))
    rest = draw(st.integers(0, 2_000))
    passages = [
        Passage(
            f"MO-{rank}", field, draw(st.integers(0, people)), "MO-9", draw(st.floats(0, 1)), 40, draw(st.booleans())
        )
        for rank, (field, people) in enumerate([*sizes.items(), (REST, rest)])
    ]
    return Held(sum(sizes.values()) + rest, sizes, tuple(passages))


def asks(found: Trial) -> tuple[int, ...]:
    return (found.posts, found.added, found.converted, found.seats, found.seats_year, found.trainers, found.metres)


SHARES = st.integers(0, MOST_SHARE)
PARTS = st.integers(0, BASIS_POINTS)


@given(places(), SHARES, PARTS, st.integers(1, 8))
def test_the_counts_add_up_and_the_target_is_reached(held: Held, share: int, part: int, years: int) -> None:
    found = tried(held, Wanted("ai-data", share, years, part), RATIOS)
    assert sum(one.before for one in found.weights) == held.recognised
    assert sum(one.after for one in found.weights) == held.recognised + found.added
    assert all(one.after >= 0 for one in found.weights)
    mine = next(one for one in found.weights if one.field == "ai-data")
    assert mine.change == found.posts == found.added + found.converted
    assert mine.after * BASIS_POINTS >= share * (held.recognised + found.added)
    assert sum(-one.change for one in found.weights if one.field != "ai-data") == found.converted
    assert found.converted <= found.posts * part // BASIS_POINTS
    assert found.seats_year * years >= found.seats
    if found.posts:
        assert (mine.before * BASIS_POINTS) < share * held.recognised


@given(places(), PARTS, st.integers(1, 8))
def test_no_change_asks_nothing(held: Held, part: int, years: int) -> None:
    now = held.fields.get("ai-data", 0) * BASIS_POINTS // held.recognised if held.recognised else 0
    found = tried(held, Wanted("ai-data", min(now, MOST_SHARE), years, part), RATIOS)
    assert not any(asks(found))
    assert all(one.change == 0 for one in found.weights)


@given(places(), SHARES, SHARES, PARTS, st.integers(1, 8))
def test_more_is_never_asked_for_less(held: Held, one: int, other: int, part: int, years: int) -> None:
    wanted = Wanted("ai-data", min(one, other), years, part)
    less, more = tried(held, wanted, RATIOS), tried(held, replace(wanted, share=max(one, other)), RATIOS)
    assert all(few <= many for few, many in zip(asks(less), asks(more), strict=True))


@pytest.mark.parametrize(
    "wrong", [Wanted("ai-data", MOST_SHARE + 1, 1, 0), Wanted("ai-data", 100, 0, 0), Wanted("ai-data", 100, 1, 10_001)]
)
def test_a_target_out_of_range_is_refused(wrong: Wanted) -> None:
    with pytest.raises(ValueError, match="cible"):
        tried(HELD, wrong, RATIOS)


def test_one_occupation_alone_is_not_given_back_by_a_subtraction() -> None:
    rows = [
        (101, 1, "MO-1", "ai-data", 40, 5),
        (101, 1, "MO-2", "ai-data", 20, 5),
        (101, 1, "MO-3", "ai-data", 4, 5),
        (101, 1, "MO-4", "other", 90, 2),
        (101, 1, "", "", 30, 5),
        (102, 1, "MO-5", "other", 90, 9),
    ]
    counts = pl.DataFrame(rows, schema=COUNTS, orient="row")
    found = present(counts, [101], fewest_people=10, fewest_firms=3)
    assert found == (
        Present("MO-1", "ai-data", 40),
        Present("MO-2", "ai-data", None),
        Present("MO-3", "ai-data", None),
        Present("MO-4", "other", None),
    )
