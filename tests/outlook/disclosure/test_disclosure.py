"""What is hidden cannot be worked out: on any table, by anyone, by any one firm; bounds are those of a search."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from minassa.outlook.disclosure.parameters import InvalidControl, control, read_control
from minassa.outlook.disclosure.reach import NOBODY, Ways, reach
from minassa.outlook.disclosure.sensitivity import reasons, sensitive
from minassa.outlook.disclosure.suppression import suppressed
from minassa.outlook.disclosure.tables import Contribution, Filled, Key, filled
from tests.outlook.disclosure.drawn import FLAT, LIST, TREE, consistent, possible, tables

P = control().near_enough.value / 10_000


def found_out(table: Filled, hidden: frozenset[Key], readers: list[int]) -> list[tuple[Key, int, int]]:
    """What a reader works out: (number, reader, firm whose part it knows to within p %, from above)."""
    known = []
    ways = Ways(table.shape, hidden)
    for reader in readers:
        for key in sensitive(table, control()):
            others = {firm: value for firm, value in table.values[key].items() if firm != reader and value}
            if not others:
                continue
            firm, largest = max(others.items(), key=lambda pair: pair[1])
            enough = 10 * table.total(key) + 10
            most = sum(others.values()) + reach(table, ways, key, reader, above=True, enough=enough).reached
            if most < (1 + P) * largest:
                known.append((key, reader, firm))
    return known


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_reader_works_out_what_is_hidden(table: Filled) -> None:
    """Neither anyone, nor any one firm that takes its own numbers away, comes to within p % of another's."""
    pattern = suppressed([table], control())
    assert found_out(table, pattern.hidden, [NOBODY, *range(1, 15)]) == []
    assert sensitive(table, control()) <= pattern.hidden


@settings(max_examples=60, deadline=None)
@given(st.lists(tables(), min_size=2, max_size=3))
def test_tables_published_together_share_one_pattern(drawn: list[Filled]) -> None:
    """Each of several tables of a shape holds against every reader under the pattern of all."""
    same = [table for table in drawn if table.shape == drawn[0].shape]
    pattern = suppressed(same, control())
    assert all(found_out(table, pattern.hidden, [NOBODY, *range(1, 15)]) == [] for table in same)


@settings(max_examples=150, deadline=None)
@given(tables(firms=3, largest=2, rows=6), st.data())
def test_bounds_are_those_of_a_search_of_every_possibility(table: Filled, data: st.DataObject) -> None:
    """The reach of a number is what trying every way to fill the hidden ones finds."""
    keys = sorted(table.shape.arcs)
    hidden = set(data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=6)))
    cells = [key for key in hidden if key[0] in table.shape.leaves and (key[1] or not table.shape.columns)]
    hidden.discard((table.shape.root, ""))
    most = table.total((table.shape.root, ""))
    assume(cells and (most + 1) ** len(cells) < 3_000)
    every = list(possible(table, hidden, most))
    ways = Ways(table.shape, hidden)
    for key in cells:
        seen = [way[key] for way in every]
        up = reach(table, ways, key, NOBODY, above=True, enough=10**6).reached
        down = reach(table, ways, key, NOBODY, above=False, enough=10**6).reached
        assert (table.total(key) - down, table.total(key) + up) == (min(seen), max(seen))


@given(tables())
def test_numbers_of_a_table_add_up(table: Filled) -> None:
    """Rows over columns, sums over rows."""
    assert consistent(table.shape, {key: table.total(key) for key in table.shape.arcs})


@pytest.mark.parametrize(
    ("values", "persons", "told"),
    [
        ([30, 20, 10], 60, ()),
        ([30, 20], 50, ("firms", "dominance", "near")),
        ([3, 3, 3], 9, ("persons",)),
        ([100, 60, 10], 170, ("dominance",)),
        ([100, 5, 5], 110, ("dominance", "near")),
        ([0, 0], 0, ()),
        ([], 0, ()),
    ],
)
def test_what_tells_too_much(values: list[int], persons: int, told: tuple[str, ...]) -> None:
    """Too few firms, too few persons, two firms that make it all, a rival who comes near: each has its name."""
    assert reasons(dict(enumerate(values)), persons, control()) == told


def test_a_firm_alone_takes_a_second_number_with_it() -> None:
    """In a list, the region of one firm is given back by subtraction unless another is hidden."""
    rows = [
        (1, "nord", 30),
        *((firm, "sud", 20) for firm in range(2, 7)),
        *((firm, "est", 25) for firm in range(7, 12)),
    ]
    table = filled(LIST, [Contribution(firm, row, "", value, value) for firm, row, value in rows])
    pattern = suppressed([table], control())
    assert pattern.telling == {("nord", "")}
    assert pattern.complementary == {("sud", "")}


def test_two_firms_alone_beside_one_another_do_not_protect_one_another() -> None:
    """Each would take its own number from the sum of both: a third one is hidden."""
    rows = [(1, "nord", 30), (2, "ouest", 30), *((firm, "sud", 20) for firm in range(3, 8))]
    table = filled(LIST, [Contribution(firm, row, "", value, value) for firm, row, value in rows])
    assert suppressed([table], control()).hidden == {("nord", ""), ("ouest", ""), ("sud", "")}


def test_without_control_subtraction_finds_the_firm() -> None:
    """The same attack on what is hidden alone finds what is to be found: it is not blind."""
    rows = [(1, "nord", 30), *((firm, "sud", 20) for firm in range(2, 7))]
    table = filled(LIST, [Contribution(firm, row, "", value, value) for firm, row, value in rows])
    assert found_out(table, frozenset({("nord", "")}), [NOBODY]) == [(("nord", ""), NOBODY, 1)]


def test_what_was_hidden_stays_hidden() -> None:
    """A number hidden once is hidden again, and others with it, even when enough firms came."""
    rows = [(firm, row, 20) for row in ("nord", "sud", "est") for firm in range(1, 6)]
    table = filled(LIST, [Contribution(firm, row, "", value, value) for firm, row, value in rows])
    assert suppressed([table], control()).hidden == frozenset()
    assert ("nord", "") in suppressed([table], control(), forced=[("nord", "")]).hidden


def test_contributions_outside_the_table_are_refused() -> None:
    """A place that is not in the table, a negative number: not taken in silently."""
    with pytest.raises(KeyError):
        filled(FLAT, [Contribution(1, "lune", "a", 1)])
    with pytest.raises(KeyError):
        filled(TREE, [Contribution(1, "nord", "a", 1)])
    with pytest.raises(ValueError, match="zero or more"):
        filled(FLAT, [Contribution(1, "nord", "a", -1)])


def test_thresholds_are_checked() -> None:
    """A key that is not known is told."""
    with pytest.raises(InvalidControl, match="fewest_firms"):
        read_control("fewest_firms: 3")
