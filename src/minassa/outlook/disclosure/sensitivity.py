"""Which numbers tell too much by themselves, and how far each must stay from what can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from minassa.outlook.disclosure.parameters import Control
from minassa.outlook.disclosure.tables import Filled, Key
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

_ROUNDING: Final = "minassa-default#divulgation"


PAIR: Final = 2
"""In a pair, who takes its own part away has the other."""


@dataclass(frozen=True, slots=True)
class Need:
    """How far a hidden number must be able to go, above and below, for `target`, a firm in it, to stay unknown."""

    key: Key
    target: int
    above: int
    below: int


def reasons(contributions: Mapping[int, int], persons: int | None, thresholds: Control) -> tuple[str, ...]:
    """Why a number tells too much: `firms`, `persons`, `dominance`, `near`; empty when it may be published.

    A number to which nobody contributes tells of nobody. `persons` is None where it says nothing of persons.
    """
    values = sorted((value for value in contributions.values() if value), reverse=True)
    if not contributions or not values:
        return ()
    total, largest = sum(values), values[0]
    seen = values[1] if len(values) > 1 else 0
    dominant = sum(values[: thresholds.dominant_firms.value])
    told = {
        "firms": len(values) < thresholds.fewest_firms.value,
        "persons": persons is not None and persons < thresholds.fewest_persons.value,
        "dominance": dominant * BASIS_POINTS > thresholds.dominant_share.value * total,
        "near": (total - largest - seen) * BASIS_POINTS < thresholds.near_enough.value * largest,
    }
    return tuple(name for name, holds in told.items() if holds)


def sensitive(table: Filled, thresholds: Control) -> frozenset[Key]:
    """The numbers of a table that tell too much by themselves."""
    return frozenset(key for key, each in table.values.items() if reasons(each, table.persons[key], thresholds))


def needs(table: Filled, key: Key, thresholds: Control) -> Iterator[Need]:
    """How far a sensitive number must be able to go, for its two largest firms to stay unknown to every other one.

    A reader who is one of the firms takes its own part away. What is left must be able to pass the target by p %; and
    to stay under it by as much when the target would be alone there.
    """
    ranked = sorted(table.values[key].items(), key=lambda pair: (-pair[1], pair[0]))
    ranked = [(firm, value) for firm, value in ranked if value]
    total = table.total(key)
    for place, (target, value) in enumerate(ranked[:2]):
        margin = max(1, _share(value, thresholds))
        reader = max((other for rank, (_firm, other) in enumerate(ranked) if rank != place), default=0)
        above = max(value + margin - (total - reader), 0)
        if not place:
            above = max(above, _share(total, thresholds))
        yield Need(key, target, above, margin if len(ranked) <= PAIR else 0)


def _share(value: int, thresholds: Control) -> int:
    """So many per cent of a value, up."""
    return divide(value * thresholds.near_enough.value, BASIS_POINTS, Direction.UP, _ROUNDING)
