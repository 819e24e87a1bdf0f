"""Small tables drawn for the tests of the disclosure control, and readers who work them out by brute force."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from hypothesis import strategies as st

from minassa.outlook.disclosure.tables import Contribution, Filled, Key, Shape, filled

FLAT = Shape({"Maroc": "Maroc", "nord": "Maroc", "sud": "Maroc", "est": "Maroc"}, ("a", "b", "c"))
TREE = Shape(
    {
        "Maroc": "Maroc",
        "nord": "Maroc",
        "sud": "Maroc",
        **{f"n{n}": "nord" for n in range(3)},
        **{f"s{n}": "sud" for n in range(3)},
    },
    ("a", "b"),
)
LIST = Shape({"Maroc": "Maroc", "nord": "Maroc", "sud": "Maroc", "est": "Maroc", "ouest": "Maroc"})


@st.composite
def tables(draw: st.DrawFn, firms: int = 14, largest: int = 40, rows: int = 40) -> Filled:
    """A table of one of the shapes, with what some firms put in some of its cells."""
    shape = draw(st.sampled_from((FLAT, TREE, LIST)))
    cells = sorted(product(sorted(shape.leaves), shape.columns or ("",)))
    drawn = draw(
        st.lists(st.tuples(st.integers(1, firms), st.sampled_from(cells), st.integers(0, largest)), max_size=rows)
    )
    return filled(shape, [Contribution(firm, row, column, value, value) for firm, (row, column), value in drawn])


def consistent(shape: Shape, cells: dict[Key, int]) -> bool:
    """Whether numbers add up: each row over its columns, each sum over its rows."""
    for row, parent in shape.parents.items():
        if shape.columns and cells[row, ""] != sum(cells[row, column] for column in shape.columns):
            return False
        below = [one for one, above in shape.parents.items() if above == row and one != row]
        if below and any(cells[row, c] != sum(cells[one, c] for one in below) for c in ("", *shape.columns)):
            return False
        assert parent in shape.parents
    return True


def possible(table: Filled, hidden: Collection[Key], most: int) -> Iterator[dict[Key, int]]:
    """Every way to fill the hidden numbers, up to `most`, that agrees with the published ones."""
    leaves = sorted(key for key in hidden if key[0] in table.shape.leaves and (key[1] or not table.shape.columns))
    shown = {key: table.total(key) for key in table.shape.arcs if key not in hidden}
    for values in product(range(most + 1), repeat=len(leaves)):
        chosen = dict(zip(leaves, values, strict=True))
        cells = _summed(table, chosen)
        if all(cells[key] == value for key, value in shown.items()):
            yield cells


def _summed(table: Filled, chosen: dict[Key, int]) -> dict[Key, int]:
    shape = table.shape
    cells = dict.fromkeys(shape.arcs, 0)
    for row in shape.leaves:
        for column in shape.columns or ("",):
            value = chosen.get((row, column), table.total((row, column)))
            for above in shape.holding(row):
                for one in {"", column}:
                    cells[above, one] += value
    return cells
