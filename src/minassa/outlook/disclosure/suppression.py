"""Which numbers are left out of tables: those that tell too much, and others so that these cannot be worked out.

The tables share a shape and are published together (months, variables): one pattern for all of them, so that no
subtraction between two tables gives back what one of them hides. The others are chosen one way at a time: the cheapest
round trip through the table along which the number could move far enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

from minassa.outlook.disclosure.parameters import Control
from minassa.outlook.disclosure.reach import NOBODY, Ways, reach
from minassa.outlook.disclosure.sensitivity import Need, needs, sensitive
from minassa.outlook.disclosure.tables import ALL, Filled, Key, Node, Shape

_MARGIN: Final = 1_000
"""A sum of the whole country costs so many times what a cell costs: it is hidden last."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is hidden: `telling`, too telling by itself; `complementary`, so that the former cannot be worked out."""

    telling: frozenset[Key]
    complementary: frozenset[Key]

    @property
    def hidden(self) -> frozenset[Key]:
        """Every number that is not published."""
        return self.telling | self.complementary


def suppressed(tables: Sequence[Filled], thresholds: Control, forced: Iterable[Key] = ()) -> Pattern:
    """The pattern of tables of one shape that are published together; `forced` stays hidden whatever happens."""
    telling = frozenset(forced).union(*(sensitive(table, thresholds) for table in tables))
    hidden = set(telling)
    for table in tables:
        ways = Ways(table.shape, hidden)
        # What one hidden number frees may make another round trip shorter, never longer: one pass is enough.
        for need in _all_needs(table, thresholds):
            while (reader := stopped_by(table, ways, need)) is not None:
                hidden |= _way(table, hidden, need, reader)
                ways = Ways(table.shape, hidden)
    return Pattern(telling, frozenset(hidden - telling))


def holds(table: Filled, hidden: Collection[Key], thresholds: Control) -> bool:
    """Whether a table may be published under a pattern made for others: no reader would work out a firm of it."""
    if not sensitive(table, thresholds) <= set(hidden):
        return False
    ways = Ways(table.shape, hidden)
    return all(stopped_by(table, ways, need) is None for need in _all_needs(table, thresholds))


def _all_needs(table: Filled, thresholds: Control) -> Iterator[Need]:
    """The needs of a table, the most demanding first."""
    found = [need for key in sorted(sensitive(table, thresholds)) for need in needs(table, key, thresholds)]
    return iter(sorted(found, key=lambda need: (-need.above, need.key, need.target)))


def stopped_by(table: Filled, ways: Ways, need: Need) -> int | None:
    """The first reader who holds a hidden number nearer than it must be: a firm, or `NOBODY`; None when none does.

    The move that anyone sees as possible is tried against each firm that has a part in what moves: only those against
    which it does not stand are looked at by themselves.
    """
    asked = [(above, enough) for above, enough in ((True, need.above), (False, need.below)) if enough]
    seen = [reach(table, ways, need.key, NOBODY, above=above, enough=enough) for above, enough in asked]
    if any(one.reached < enough for one, (_above, enough) in zip(seen, asked, strict=True)):
        return NOBODY
    firms = {firm for one in seen for key in one.others for firm in table.values.get(key, ())} - {need.target}
    for firm in sorted(firms):
        if all(one.stands_against(table, firm) for one in seen):
            continue
        if any(reach(table, ways, need.key, firm, above=a, enough=e).reached < e for a, e in asked):
            return firm
    return None


def _way(table: Filled, hidden: set[Key], need: Need, reader: int) -> set[Key]:
    """The numbers to hide so that a number can move: as far as it must at once, or by one when no way is so wide."""
    for wide in (max(need.above, need.below), 1):
        for above, enough in ((True, need.above), (False, need.below)):
            found = _cheapest(table, hidden, need.key, reader, above=above, wide=min(wide, enough)) if enough else set()
            if found - hidden:
                return found
    return _rest(table, hidden)


def _rest(table: Filled, hidden: set[Key]) -> set[Key]:
    """Every number that is still told. ValueError when none is: a table of which nothing is told protects everyone."""
    rest = set(table.shape.arcs) - hidden
    if not rest:
        raise ValueError("Nothing is left to hide in a table that still tells too much.")
    return rest


def _cheapest(table: Filled, hidden: set[Key], key: Key, reader: int, *, above: bool, wide: int) -> set[Key]:
    """The numbers along the cheapest way back, each with room enough; empty when there is none."""
    start, end = table.shape.arcs[key]
    source, sink = (end, start) if above else (start, end)
    ways = _ways(table, key, reader, wide)
    best: dict[Node, int] = {source: 0}
    came: dict[Node, tuple[Node, Key]] = {}
    waiting: list[tuple[int, Node]] = [(0, source)]
    while waiting:
        cost, at = heappop(waiting)
        if at == sink:
            break
        for to, through in ways.get(at, ()):
            further = cost + (0 if through in hidden else _price(table, through))
            if further < best.get(to, further + 1):
                best[to], came[to] = further, (at, through)
                heappush(waiting, (further, to))
    found: set[Key] = set()
    at = sink
    while at in came and at != source:
        at, through = came[at]
        found.add(through)
    return found


def _ways(table: Filled, key: Key, reader: int, wide: int) -> dict[Node, list[tuple[Node, Key]]]:
    """Ways through every number but one: forward always, backward where there is room."""
    found: dict[Node, list[tuple[Node, Key]]] = {}
    known = {key, *table.alone.get(reader, ())}
    for one, (start, end) in table.shape.arcs.items():
        if one in known:
            continue
        found.setdefault(start, []).append((end, one))
        if table.total(one) - table.values.get(one, {}).get(reader, 0) >= wide:
            found.setdefault(end, []).append((start, one))
    return found


def _price(table: Filled, key: Key) -> int:
    """What hiding a number costs: what it tells, and much more for a sum of the whole."""
    return (1 + table.total(key)) * _weight(table.shape, key)


def _weight(shape: Shape, key: Key) -> int:
    row, column = key
    return (_MARGIN if row == shape.root else 1) * (_MARGIN if row == shape.root and column == ALL else 1)
