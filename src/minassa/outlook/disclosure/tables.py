"""A table with its margins as a network: every number that may be published is an arc, every sum a node.

Rows stand in a tree (places in regions, regions in the nation), columns beside one another. What flows through an
arc is the number; what comes into a node goes out of it. The nation flows into its regions, these into their places, a
place into its cells, and the cells come back through the columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

ALL: Final = ""
"""The column of a sum over columns."""
Key = tuple[str, str]
"""A number of a table: its row (a leaf or a sum of rows) and its column, or `ALL`."""
Node = tuple[str, str]
_GROUND: Final = ("", "ground")
_NONE: Final = (0, 0)


@dataclass(frozen=True)
class Shape:
    """The rows of a table with the row that each belongs to (the root belongs to itself), and its columns.

    Without columns, the numbers are those of rows alone. `same_persons`: columns (years, measures) count the same
    persons again, who are not more numerous over all columns than in the fullest one.
    """

    parents: Mapping[str, str]
    columns: tuple[str, ...] = ()
    same_persons: bool = False

    @cached_property
    def root(self) -> str:
        """The row that holds all others."""
        return next(row for row, parent in self.parents.items() if row == parent)

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The rows that hold no other."""
        inner = {parent for row, parent in self.parents.items() if row != parent}
        return frozenset(set(self.parents) - inner)

    @cached_property
    def arcs(self) -> dict[Key, tuple[Node, Node]]:
        """Every number of the table, with the node that it leaves and the one it reaches."""
        found: dict[Key, tuple[Node, Node]] = {}
        for row, parent in self.parents.items():
            above = _GROUND if row == parent else (parent, "rows")
            found[row, ALL] = (above, (row, "rows") if self.columns or row not in self.leaves else _GROUND)
            for column in self.columns:
                back = _GROUND if row == parent else (parent, f"column {column}")
                start = (row, "rows") if row in self.leaves else (row, f"column {column}")
                found[row, column] = (start, back)
        return found

    def holding(self, row: str) -> tuple[str, ...]:
        """A row and every row that holds it, the root last."""
        found = [row]
        while self.parents[found[-1]] != found[-1]:
            found.append(self.parents[found[-1]])
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one firm (or group of firms) puts in a cell: a whole number, zero or more, and how many persons behind it.

    `persons` is None where the number tells nothing of persons.
    """

    firm: int
    row: str
    column: str
    value: int
    persons: int | None = None


@dataclass(frozen=True)
class Filled:
    """A shape filled with what firms put in it: by number, the value of each firm and the persons behind it."""

    shape: Shape
    values: Mapping[Key, Mapping[int, int]]
    persons: Mapping[Key, int | None]

    @cached_property
    def totals(self) -> dict[Key, int]:
        """Every number that is not zero for want of contributions."""
        return {key: sum(each.values()) for key, each in self.values.items()}

    @cached_property
    def largest(self) -> dict[Key, tuple[tuple[int, int], tuple[int, int]]]:
        """The two largest firms of every number, each with its part; parts of zero where there are fewer."""
        return {
            key: (ranked[0], ranked[1])
            for key, each in self.values.items()
            for ranked in [[*sorted(each.items(), key=lambda pair: (-pair[1], pair[0])), _NONE, _NONE]]
        }

    @cached_property
    def parts(self) -> dict[int, dict[Key, int]]:
        """What each firm puts in each number, zeros left out."""
        found: dict[int, dict[Key, int]] = {}
        for key, each in self.values.items():
            for firm, value in each.items():
                if value:
                    found.setdefault(firm, {})[key] = value
        return found

    @cached_property
    def alone(self) -> dict[int, tuple[Key, ...]]:
        """The numbers that one firm makes whole."""
        found: dict[int, tuple[Key, ...]] = {}
        for key, ((firm, part), _next) in self.largest.items():
            if part and part == self.totals[key]:
                found[firm] = (*found.get(firm, ()), key)
        return found

    def total(self, key: Key) -> int:
        """The number itself."""
        return self.totals.get(key, 0)


def filled(shape: Shape, contributions: Iterable[Contribution]) -> Filled:
    """A shape filled; every sum of rows and of columns has the contributions of what it holds.

    ValueError for a negative value, KeyError for a row that is not a leaf or an unknown column.
    """
    values: dict[Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    persons: dict[Key, int | None] = defaultdict(int)
    for one in contributions:
        if one.value < 0:
            raise ValueError(f"A contribution is zero or more: {one.value}.")
        if one.row not in shape.leaves or (shape.columns and one.column not in shape.columns):
            raise KeyError((one.row, one.column))
        for row in shape.holding(one.row):
            for column in {ALL, one.column if shape.columns else ALL}:
                values[row, column][one.firm] += one.value
                before = persons[row, column]
                persons[row, column] = None if before is None or one.persons is None else before + one.persons
    if shape.same_persons:
        persons |= {(row, ALL): _fullest(shape, persons, row) for row, column in list(persons) if column == ALL}
    return Filled(shape, {key: dict(each) for key, each in values.items()}, dict(persons))


def _fullest(shape: Shape, persons: Mapping[Key, int | None], row: str) -> int | None:
    """The persons of the column that has most; None when no column tells of persons."""
    known = [count for column in shape.columns if (count := persons.get((row, column))) is not None]
    return max(known, default=None)
