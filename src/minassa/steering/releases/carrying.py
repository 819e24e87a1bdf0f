"""Blocks of a release (a month, a measure of a year): as they are now, or as published when the change tells a firm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from minassa.outlook.disclosure.parameters import Control
from minassa.outlook.disclosure.tables import Contribution
from minassa.outlook.disclosure.vintages import difference, tells_too_much

Block = tuple[Any, ...]


class Carried:
    """Rows of a release by block, beside those of the former one."""

    def __init__(self, new: pl.DataFrame, former: pl.DataFrame, block: list[str]) -> None:
        """Every block as it is now; one that is no longer there stays as it was published."""
        self.former = former
        self._block = block
        self._old = _parts(former, block)
        self._now = self._old | _parts(new, block)
        self.withheld = sorted(self._old.keys() - _parts(new, block).keys())

    @property
    def rows(self) -> pl.DataFrame:
        """The rows of all blocks, as they are published."""
        return pl.concat(self._now.values()).sort(pl.all()) if self._now else self.former

    @property
    def changed(self) -> list[Block]:
        """The blocks that were published and are not the same."""
        return [key for key, rows in self._now.items() if key in self._old and not rows.equals(self._old[key])]

    @property
    def added(self) -> list[Block]:
        """The blocks that were never published."""
        return [key for key in self._now if key not in self._old]

    def change(self, key: Block, of: str) -> list[Contribution]:
        """By how much each firm changed the sum of a block; the whole of it when it was never published."""
        before = _whole(self._old[key], of) if key in self._old else []
        return difference(_whole(self._now[key], of), before)

    def withhold(self, key: Block) -> None:
        """Leave a block as it was published: out of the release when it never was."""
        del self._now[key]
        self._now |= {key: self._old[key]} if key in self._old else {}
        self.withheld.append(key)


def carried(
    new: pl.DataFrame, former: pl.DataFrame, block: list[str], values: Iterable[str], limits: Control
) -> Carried:
    """The blocks of a run, but for those of which the change in all (of a new one, the value) would tell a firm."""
    made, names = Carried(new, former, block), list(values)
    known = set(made.changed)
    for key in [*known, *made.added]:
        told = names if key in known else names[:1]
        if any(tells_too_much(made.change(key, one), limits) for one in told):
            made.withhold(key)
    return made


def _parts(rows: pl.DataFrame, block: list[str]) -> dict[Block, pl.DataFrame]:
    parts = rows.sort(pl.all()).partition_by(block, as_dict=True, maintain_order=True)
    return {tuple(key): part for key, part in parts.items()}


def _whole(rows: pl.DataFrame, of: str) -> list[Contribution]:
    """What each firm puts in the sum of a block; a job is a person."""
    persons = pl.col("persons").max() if "persons" in rows.columns else pl.col(of).sum()
    sums = rows.group_by("firm").agg(pl.col(of).sum(), persons.alias("behind"))
    return [Contribution(firm, "", "", value, behind or None) for firm, value, behind in sums.iter_rows()]
