"""The attacks of the bench, which know nothing of the control and solve linear programmes, on any table."""

from __future__ import annotations

from hypothesis import given, settings

from bench._attacks import Published, read, subtracted, worked_out
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.disclosure.suppression import suppressed
from minassa.outlook.disclosure.tables import Contribution, Filled, filled
from tests.outlook.disclosure.drawn import LIST, tables


@settings(max_examples=40, deadline=None)
@given(tables(rows=25))
def test_linear_programmes_find_nothing_in_a_controlled_table(table: Filled) -> None:
    """Anyone, the largest firms of a number, those who are alone near it: none comes to within p % of another."""
    seen = Published("table", table, suppressed([table], control()).hidden)
    assert list(read(seen)) == []
    assert list(worked_out(seen, table.shape.arcs)) == []


def table_of(parts: dict[str, list[int]]) -> Filled:
    """A list in which each row holds firms of its own."""
    rows = [(row, value) for row, values in parts.items() for value in values]
    return filled(LIST, [Contribution(firm, row, "", value, value) for firm, (row, value) in enumerate(rows, 1)])


def test_the_same_attacks_find_what_is_there_without_control() -> None:
    """A firm alone, a pair, a number left out alone, a firm that came between two releases: each is found."""
    table = table_of({"nord": [30], "sud": [25, 20], "est": [20, 22, 24, 26], "ouest": [15, 16, 17, 18]})
    found = {(one.attack, one.key[0]) for one in read(Published("table", table, frozenset()))}
    assert {("few firms", "nord"), ("dominance", "sud")} <= found
    alone = Published("table", table, frozenset({("nord", "")}))
    assert [(one.key[0], one.value) for one in worked_out(alone, [("nord", "")])] == [("nord", 30)]
    grown = table_of({"nord": [30], "sud": [25, 20], "est": [20, 22, 24, 26], "ouest": [15, 16, 17, 18, 40]})
    changes = list(subtracted(Published("table", grown, frozenset()), Published("table", table, frozenset())))
    assert {(one.key[0], one.value) for one in changes} == {("ouest", 40), ("Maroc", 40)}
