"""How far a hidden number can go while every published number stays as it is: exact, in whole numbers.

The numbers of a table flow in a network; a hidden one can grow by what can flow from its end back to its start
through the other hidden ones. That is a maximum flow, found by shortest ways; it is the exact bound of the linear
programme that a reader could solve, without its roundings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from minassa.outlook.disclosure.tables import Filled, Key, Node, Shape

NOBODY: Final = -1
"""The reader who is none of the firms."""
Step = tuple[Node, Key, bool]
"""To a node, through a number, that grows (True) or shrinks (False)."""


class Ways:
    """The ways through the hidden numbers of a shape: forward, the number grows; backward, it shrinks."""

    def __init__(self, shape: Shape, hidden: Collection[Key]) -> None:
        """`hidden` are the numbers that are not published."""
        self.hidden = frozenset(hidden)
        self.steps: dict[Node, list[Step]] = {}
        for key in sorted(self.hidden):
            start, end = shape.arcs[key]
            self.steps.setdefault(start, []).append((end, key, True))
            self.steps.setdefault(end, []).append((start, key, False))


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much a number could move, and what the others moved for it."""

    reached: int
    others: Mapping[Key, int]

    def stands_against(self, table: Filled, reader: int) -> bool:
        """Whether a firm that takes its own parts away would still see the same move as possible."""
        for key, by in self.others.items():
            own = table.values.get(key, {}).get(reader, 0)
            if own and (own == table.total(key) or table.total(key) + by < own):
                return False
        return True


def reach(table: Filled, ways: Ways, key: Key, reader: int, *, above: bool, enough: int) -> Moved:
    """By how much a hidden number can grow (`above`) or shrink, for a firm or `NOBODY`; looking stops at `enough`.

    A firm knows its own part of each number, and the whole of those where it is alone: these cannot move.
    """
    total, own = table.total(key), table.values.get(key, {}).get(reader, 0)
    if own and own == total:
        return Moved(0, {})
    wanted = enough if above else min(enough, total - own)
    start, end = table.shape.arcs[key]
    source, sink = (end, start) if above else (start, end)
    if source == sink:
        return Moved(wanted, {})
    found, moved = 0, dict[Key, int]()
    while found < wanted:
        way = _way(table, ways, (source, sink), key, reader, moved)
        if not way:
            break
        pushed = min([wanted - found, *(_room(table, one, reader, moved) for one, grows in way if not grows)])
        for one, grows in way:
            moved[one] = moved.get(one, 0) + (pushed if grows else -pushed)
        found += pushed
    return Moved(found, moved)


def _room(table: Filled, key: Key, reader: int, moved: Mapping[Key, int]) -> int:
    """How far a number can still shrink, for a reader who knows its own part."""
    return table.total(key) - table.values.get(key, {}).get(reader, 0) + moved.get(key, 0)


def _way(
    table: Filled, ways: Ways, ends: tuple[Node, Node], but: Key, reader: int, moved: Mapping[Key, int]
) -> list[tuple[Key, bool]]:
    """A shortest way with room, through other numbers than one; empty when there is none."""
    source, sink = ends
    known = set(table.alone.get(reader, ()))
    seen: dict[Node, tuple[Node, Key, bool]] = {}
    waiting = deque([source])
    while waiting:
        at = waiting.popleft()
        for to, key, grows in ways.steps.get(at, ()):
            if to in seen or to == source or key == but or key in known:
                continue
            if not grows and not _room(table, key, reader, moved):
                continue
            seen[to] = (at, key, grows)
            if to == sink:
                return list(_back(seen, source, sink))
            waiting.append(to)
    return []


def _back(seen: Mapping[Node, tuple[Node, Key, bool]], source: Node, sink: Node) -> Iterator[tuple[Key, bool]]:
    at = sink
    while at != source:
        at, key, grows = seen[at]
        yield key, grows
