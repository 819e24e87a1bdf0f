"""A base evaluation kept in memory, against which reforms are tried: only what a reform changes is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import polars as pl

from minassa.engine.evaluation import Frame, Spans, evaluated
from minassa.engine.footing import HIDDEN
from minassa.engine.keeping import Kept
from minassa.engine.offers import Offer
from minassa.engine.trials import Change, Trial


class Warm:
    """An offer evaluated once over Polars frames, every rule kept as a column, ready for reforms to be tried.

    `frames` gives the base: each grain's own columns, all its rules and the statuses of its amounts, rows in the order
    of the month that dates them. `tried` gives, on the same rows in the same order, only the columns that a reform
    changes: the rest is neither computed again nor copied. The memory it takes is that of every rule of every row.
    """

    def __init__(self, offer: Offer, frames: Mapping[str, Frame], spans: Spans) -> None:
        """Evaluate the base. Raises what `evaluate` raises."""
        self.offer = offer
        self._kept: dict[str, Kept] = {}
        wanted = {grain: _in_force(offer, grain, spans[grain]) for grain in frames}
        for grain, result in evaluated(offer, frames, spans, wanted).items():
            rows: pl.DataFrame = result.frame.to_native().collect(engine="streaming")
            self._kept[grain] = Kept(
                offer=offer,
                grain=grain,
                rows=rows.sort(offer.grains[grain].date),
                rules=frozenset(result.units),
                refusing=result.refusing,
                above=self._kept.get(offer.grains[grain].parent or ""),
            )
        shown = {grain: kept.rows.select(pl.exclude(f"^{HIDDEN}.*$")) for grain, kept in self._kept.items()}
        self.frames: Mapping[str, pl.DataFrame] = MappingProxyType(shown)

    def tried(self, reformed: Offer, wanted: Mapping[str, Iterable[str]] | None = None) -> dict[str, pl.DataFrame]:
        """By grain, the columns that the reformed offer changes, under the same names, row by row beside the base.

        Amounts, conditions, entitlements and statuses, and the rules that `wanted` names. A column that changes for
        some rows is given for all; a grain in which none changes has a frame without columns. The whole grain under
        the reform is `warm.frames[grain].with_columns(tried[grain].get_columns())`.
        """
        changes: dict[str, Change] = {}
        for grain, kept in self._kept.items():
            above = changes.get(self.offer.grains[grain].parent or "")
            changes[grain] = Trial(kept, reformed, above, frozenset((wanted or {}).get(grain, ()))).change()
        return {grain: change.columns.select(pl.exclude(f"^{HIDDEN}.*$")) for grain, change in changes.items()}


def _in_force(offer: Offer, grain: str, span: tuple[int, int]) -> list[str]:
    """Every rule that is in force for the grain in some month of the span."""
    return sorted({name for _, _, law in offer.intervals(grain, *span) for name in law.rules})
