"""How far a hidden number can go while every published number stays as it is: exact, in whole numbers.

The numbers of a table flow in a network; a hidden one can grow by what can flow from its end back to its start
through the other hidden ones. That is a maximum flow, found by shortest ways; it is the exact bound of the linear
programme that a reader could solve, without its roundings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from minassa.outlook.disclosure.tables import Filled, Key, Node

Step = tuple[Node, Key, bool]
"""To a node, through a number, that grows (True) or shrinks (False)."""


def own_part(table: Filled, key: Key, reader: int) -> int | None:
    """What a firm knows of a number: its own part, as a floor; None when it is alone there, and knows all of it."""
    values = table.values.get(key, {})
    own = values.get(reader, 0)
    return None if own and own == sum(values.values()) else own


def any_part(table: Filled, key: Key, target: int) -> int | None:
    """The most that any one firm other than the target knows of a number; None when one is alone there."""
    parts = [own_part(table, key, firm) for firm in table.values.get(key, {}) if firm != target]
    return None if None in parts else max([part for part in parts if part is not None], default=0)


def reach(table: Filled, key: Key, floors: Mapping[Key, int | None], *, above: bool, enough: int) -> int:
    """By how much a hidden number can grow (`above`) or shrink; looking stops at `enough`.

    `floors` has every hidden number with what the reader knows of it: a floor, or None when it knows it whole. A number
    known whole cannot move.
    """
    own = floors[key]
    if own is None:
        return 0
    room = {one: table.total(one) - floor for one, floor in floors.items() if floor is not None and one != key}
    wanted = enough if above else min(enough, table.total(key) - own)
    start, end = table.shape.arcs[key]
    source, sink = (end, start) if above else (start, end)
    return _flow(_Residual(table, room), source, sink, wanted)


class _Residual:
    """The ways through hidden numbers: forward, without limit; backward, down to what the reader knows."""

    def __init__(self, table: Filled, room: Mapping[Key, int]) -> None:
        self.room = dict(room)
        self.ways: dict[Node, list[Step]] = {}
        for key in room:
            start, end = table.shape.arcs[key]
            self.ways.setdefault(start, []).append((end, key, True))
            self.ways.setdefault(end, []).append((start, key, False))

    def way(self, source: Node, sink: Node) -> list[tuple[Key, bool]]:
        """A shortest way with room; empty when there is none."""
        seen: dict[Node, tuple[Node, Key, bool]] = {}
        waiting = deque([source])
        while waiting:
            at = waiting.popleft()
            for to, key, grows in self.ways.get(at, ()):
                if to in seen or to == source or not (grows or self.room[key]):
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


def _flow(residual: _Residual, source: Node, sink: Node, wanted: int) -> int:
    if source == sink:
        return wanted
    found = 0
    while found < wanted:
        way = residual.way(source, sink)
        if not way:
            break
        pushed = min([wanted - found, *(residual.room[key] for key, grows in way if not grows)])
        for key, grows in way:
            residual.room[key] += pushed if grows else -pushed
        found += pushed
    return found
