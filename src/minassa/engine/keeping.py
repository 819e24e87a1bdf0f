"""One grain of a base evaluation, kept in memory with every rule as a column."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from minassa.engine.offers import Offer


@dataclass(eq=False)
class Kept:
    """The rows of a grain in the order of their month, with every rule and status as a column.

    `rules` are its rules, `refusing` those that are null in some rows.
    """

    offer: Offer
    grain: str
    rows: pl.DataFrame
    rules: frozenset[str]
    refusing: frozenset[str]
    above: Kept | None
    _row_above: pl.Series = field(init=False, repr=False)
    _lent: dict[str, pl.Series] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Number, for each row, the row above it: a parent's column then comes down without a join."""
        if self.above is not None:
            keys = list(self.offer.grains[self.grain].parent_keys)
            typed = (pl.col(k).cast(self.rows.schema[k]) for k in keys)
            numbered = self.above.rows.select(*typed).with_row_index("row above")
            joined = self.rows.select(keys).join(numbered, on=keys, how="left", maintain_order="left")
            self._row_above = joined["row above"]

    @property
    def months(self) -> pl.Series:
        """The month (index) that dates each row, ascending."""
        return self.rows[self.offer.grains[self.grain].date]

    def borrows(self, name: str) -> bool:
        """Whether a column that rules read comes from the grain above: it is there, and not declared for this one."""
        declared = name in self.offer.inputs and self.grain in self.offer.inputs[name].grains
        return self.above is not None and not declared and name in self.above.rows.columns

    def lent(self, name: str) -> pl.Series:
        """A column of the grain above as the base has it, brought down to these rows once and kept."""
        if self.above is None:
            raise KeyError(name)
        if name not in self._lent:
            self._lent[name] = self.brought_down(self.above.rows[name])
        return self._lent[name]

    def brought_down(self, column: pl.Series) -> pl.Series:
        """A column of the grain above, on these rows."""
        return column.gather(self._row_above)
