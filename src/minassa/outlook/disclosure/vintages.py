"""What a release tells beside those before it: the difference of two releases is a table too, and goes through control.

A firm that files late is alone in what changed of a month already published: whoever subtracts the two releases reads
it. A block (a month, a measure of a year) of which the whole change tells too much stays as it was published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from minassa.outlook.disclosure.parameters import Control
from minassa.outlook.disclosure.sensitivity import reasons
from minassa.outlook.disclosure.tables import Contribution

Sums = Mapping[tuple[int, str, str], tuple[int, int | None]]


def difference(new: Iterable[Contribution], old: Iterable[Contribution]) -> list[Contribution]:
    """By how much the part of each firm in each cell changed, up or down; what did not change is left out."""
    after, before = _sums(new), _sums(old)
    found = []
    for firm, row, column in sorted(after.keys() | before.keys()):
        value, persons = after.get((firm, row, column), (0, 0))
        former, former_persons = before.get((firm, row, column), (0, 0))
        if value != former:
            told = None if persons is None or former_persons is None else abs(persons - former_persons)
            found.append(Contribution(firm, row, column, abs(value - former), told))
    return found


def tells_too_much(changes: Iterable[Contribution], thresholds: Control) -> bool:
    """Whether the sum of changes, which the sum of a block gives away, would tell what one firm changed."""
    firms: dict[int, int] = defaultdict(int)
    persons: int | None = 0
    for one in changes:
        firms[one.firm] += one.value
        persons = None if persons is None or one.persons is None else persons + one.persons
    return bool(reasons(firms, persons, thresholds))


def _sums(contributions: Iterable[Contribution]) -> Sums:
    found: dict[tuple[int, str, str], tuple[int, int | None]] = {}
    for one in contributions:
        value, persons = found.get((one.firm, one.row, one.column), (0, 0))
        told = None if persons is None or one.persons is None else persons + one.persons
        found[one.firm, one.row, one.column] = (value + one.value, told)
    return found
