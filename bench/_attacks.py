"""What a reader does with published tables: linear programmes solved by HiGHS, subtraction, a firm's own numbers.

Nothing here knows how the control works: it sees what was published, and (to judge what it found) the truth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from minassa.outlook.disclosure.tables import ALL, Filled, Key

NEAR = 0.10
FEW_PERSONS, PAIR = 10, 2
READERS = 3


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it was published: the truth of it, and the numbers that are not told."""

    name: str
    table: Filled
    hidden: frozenset[Key]

    def told(self, key: Key) -> bool:
        """Whether a number can be read."""
        return key not in self.hidden


@dataclass(frozen=True, slots=True)
class Found:
    """A number that came out: by which attack, in which table and where, who reads it (-1: anyone), how near in all."""

    attack: str
    table: str
    key: Key
    reader: int
    value: int
    estimate: float


class Solver:
    """The unknown cells of a table under every published sum, for one reader who knows its own part."""

    def __init__(self, seen: Published, reader: int) -> None:
        shape = seen.table.shape
        columns = shape.columns or (ALL,)
        self.cells = [(row, column) for row in sorted(shape.leaves) for column in columns]
        self.place = {cell: rank for rank, cell in enumerate(self.cells)}
        self.shape = shape
        sums = [key for key in shape.arcs if seen.told(key)]
        self.matrix = np.array([self.form(key) for key in sums])
        self.values = np.array([float(seen.table.total(key)) for key in sums])
        self.bounds = [self._bound(seen.table, cell, reader) for cell in self.cells]

    @staticmethod
    def _bound(table: Filled, cell: Key, reader: int) -> tuple[float, float | None]:
        own = table.values.get(cell, {}).get(reader, 0)
        return (float(own), float(own) if own and own == table.total(cell) else None)

    def form(self, key: Key) -> NDArray[np.float64]:
        """A number as the sum of cells."""
        row, column = key
        found = np.zeros(len(self.cells))
        for (leaf, one), rank in self.place.items():
            if row in self.shape.holding(leaf) and column in {ALL, one}:
                found[rank] = 1.0
        return found

    def most(self, key: Key) -> float:
        """The most that a number can be."""
        if not len(self.values):
            return float("inf")
        solved = linprog(-self.form(key), A_eq=self.matrix, b_eq=self.values, bounds=self.bounds, method="highs")
        return -float(solved.fun) if solved.status == 0 else float("inf")


def _others(table: Filled, key: Key, reader: int) -> list[tuple[int, int]]:
    parts = [(firm, part) for firm, part in table.values.get(key, {}).items() if firm != reader and part]
    return sorted(parts, key=lambda pair: -pair[1])


def read(seen: Published) -> Iterator[Found]:
    """What stands there to be read: numbers of few firms or few persons; a rival's, after taking one's own away."""
    for key in seen.table.values:
        if not seen.told(key) or not seen.table.total(key):
            continue
        total, persons = seen.table.total(key), seen.table.persons[key]
        if persons is not None and persons < FEW_PERSONS:
            yield Found("few persons", seen.name, key, -1, total, total)
        readers = [firm for firm, _part in _others(seen.table, key, -1)[:PAIR]]
        for reader in (-1, *readers):
            others = _others(seen.table, key, reader)
            left = sum(part for _firm, part in others)
            if others and left < (1 + NEAR) * others[0][1]:
                yield Found("dominance" if reader != -1 else "few firms", seen.name, key, reader, others[0][1], left)
                break


def worked_out(seen: Published, keys: Collection[Key]) -> Iterator[Found]:
    """What is not told and comes out of linear programmes: for anyone, for the largest firms, for who is alone near."""
    solvers: dict[int, Solver] = {}
    for key in sorted(keys):
        parts = _others(seen.table, key, -1)
        if seen.told(key) or not parts:
            continue
        for reader in (-1, *_readers(seen, key)):
            others = _others(seen.table, key, reader)
            if not others:
                continue
            solver = solvers.setdefault(reader, Solver(seen, reader))
            own = seen.table.values[key].get(reader, 0)
            most = solver.most(key) - own
            if most < (1 + NEAR) * others[0][1] - 1e-6:
                yield Found("linear bounds", seen.name, key, reader, others[0][1], most)
                break


def _readers(seen: Published, key: Key) -> list[int]:
    """The largest firms of a number, and those who are alone in hidden numbers of its row or its column."""
    table = seen.table
    found = [firm for firm, _part in _others(table, key, -1)[:PAIR]]
    for firm, keys in table.alone.items():
        if any(one in seen.hidden and (one[0] == key[0] or one[1] == key[1] != ALL) for one in keys):
            found.append(firm)
    return list(dict.fromkeys(found))[: PAIR + READERS]


def subtracted(after: Published, before: Published) -> Iterator[Found]:
    """What the same number, told twice, gives away of the firms that changed it."""
    for key in after.table.shape.arcs:
        if key not in before.table.shape.arcs or not (after.told(key) and before.told(key)):
            continue
        change = abs(after.table.total(key) - before.table.total(key))
        if not change:
            continue
        moved = _moved(after.table.values.get(key, {}), before.table.values.get(key, {}))
        firm, largest = max(moved.items(), key=lambda pair: pair[1])
        if len(moved) <= PAIR and abs(change - largest) <= NEAR * largest:
            yield Found("two releases", after.name, key, -1, largest, change)
        del firm


def _moved(after: Mapping[int, int], before: Mapping[int, int]) -> dict[int, int]:
    changes = {firm: abs(after.get(firm, 0) - before.get(firm, 0)) for firm in after.keys() | before.keys()}
    return {firm: change for firm, change in changes.items() if change}
