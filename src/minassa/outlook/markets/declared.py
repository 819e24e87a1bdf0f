"""Jobs that declarations show since a contract: an upper bound, shared when several leads ended in one firm.

A firm may have hired for other contracts too. What it has added since each contract is cut in slices by size; a slice
is shared, in proportion to jobs promised, among the contracts since which the firm has added that much. So for any of
these contracts together, jobs never exceed what the firm has added since one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minassa.vocabulary.rounding import Direction, divide

ROUNDING = "minassa-default#affichage"


@dataclass(frozen=True, slots=True)
class Contract:
    """A lead that was won: its reference, the month of signature (index), jobs promised (at least 1)."""

    code: str
    month: int
    promised: int


@dataclass(frozen=True, slots=True)
class Declared:
    """Jobs of a contract: people declared in its month and now, what was added (0 at least), and its share of that."""

    code: str
    before: int | None
    now: int | None
    added: int | None
    jobs: int | None


def declared(contracts: Sequence[Contract], headcounts: Mapping[int, int], until: int) -> tuple[Declared, ...]:
    """The jobs of the contracts of one firm. `headcounts`: people declared by month index.

    A month without declarations is unknown, not 0: its contract is told nothing.
    """
    now = headcounts.get(until)
    rows = sorted(contracts, key=lambda one: (one.month, one.code))
    added = {
        one.code: max(0, now - headcounts[one.month]) for one in rows if now is not None and one.month in headcounts
    }
    shares = _shared([one for one in rows if one.code in added], added)
    return tuple(
        Declared(one.code, headcounts.get(one.month), now, added.get(one.code), shares.get(one.code)) for one in rows
    )


def _shared(rows: Sequence[Contract], added: Mapping[str, int]) -> dict[str, int]:
    shares = dict.fromkeys((one.code for one in rows), 0)
    floor = 0
    for top in sorted(set(added.values())):
        reach = [one for one in rows if added[one.code] >= top]
        for code, part in in_proportion(top - floor, {one.code: one.promised for one in reach}).items():
            shares[code] += part
        floor = top
    return shares


def in_proportion(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole numbers that sum to `whole`, nearest to the weights; what is left goes to the largest remainders."""
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    parts = {code: divide(whole * weight, total, Direction.DOWN, ROUNDING) for code, weight in weights.items()}
    order = sorted(weights, key=lambda code: (-(whole * weights[code] % total), code))
    for code in order[: whole - sum(parts.values())]:
        parts[code] += 1
    return parts
