"""Each wave of entries set beside the firms that had not entered by the end of its window: the clean comparisons.

Comparing a wave with firms that entered before it would read the growth of their effect as its absence
(Goodman-Bacon 2021); here nobody already in the scheme serves as a comparison (Callaway & Sant'Anna 2021). Waves are
stacked with the weights of Wing, Freedman & Hollingsworth (2024), so that each entered firm counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from minassa.outlook.evaluation.panel import NEVER, Panel

LEAST_COMPARED: Final = 2
"""Firms not in the scheme that a comparison takes in each cell: with one, chance alone would speak."""


@dataclass(frozen=True, slots=True)
class Window:
    """Months looked at before the entry (the last of them is the base) and from the entry on."""

    before: int
    after: int

    @property
    def events(self) -> NDArray[np.int64]:
        """Months since the entry (0: its month), the base left out."""
        return np.array([month for month in range(-self.before, self.after) if month != BASE], np.int64)


BASE: Final = -1
"""The month before the entry, which every change is counted from."""


@dataclass(frozen=True, slots=True)
class Stacked:
    """Firms of every wave, one row per wave and firm.

    `change`: outcome of each event month less that of the base. `weight`: 1 for a firm that entered; those it is
    compared with share the same total, wave by wave and cell by cell (`block`). `entered_left_out`: firms that
    entered with too few to compare with, or whose window is not whole.
    """

    firm: NDArray[np.int64]
    entered: NDArray[np.bool_]
    block: NDArray[np.int64]
    weight: NDArray[np.float64]
    change: NDArray[np.float64]
    entered_left_out: int

    @property
    def blocks(self) -> int:
        """Comparisons: waves by cells."""
        return int(self.block.max()) + 1 if len(self.block) else 0


def stacked(panel: Panel, window: Window) -> Stacked:
    """The waves of a panel whose window is whole, each with its comparisons."""
    waves = np.unique(panel.cohort[panel.cohort < NEVER])
    whole = [
        int(wave)
        for wave in waves
        if wave - window.before >= panel.first_month and wave + window.after - 1 <= panel.last_month
    ]
    parts: list[tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]] = []
    for wave in whole:
        parts += _blocks(panel, window, wave)
    entered = int((panel.cohort < NEVER).sum())
    if not parts:
        events = len(window.events)
        nothing = np.zeros(0, np.int64)
        return Stacked(nothing, nothing.astype(bool), nothing, np.zeros(0), np.zeros((0, events)), entered)
    firm, isin, weight, change = (np.concatenate(column) for column in zip(*parts, strict=True))
    block = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    return Stacked(firm, isin, block, weight, change, entered - int(isin.sum()))


def _blocks(
    panel: Panel, window: Window, wave: int
) -> list[tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]]:
    """The comparisons of one wave, cell by cell: firms, which entered, weights, changes."""
    joins, waits = panel.cohort == wave, panel.cohort >= wave + window.after
    base = panel.at(wave + BASE)
    found = []
    for cell in np.unique(panel.cell[joins]):
        here = panel.cell == cell
        inside, outside = np.flatnonzero(joins & here), np.flatnonzero(waits & here)
        if len(outside) < LEAST_COMPARED:
            continue
        rows = np.concatenate([inside, outside])
        isin = np.arange(len(rows)) < len(inside)
        columns = wave + window.events - panel.first_month
        change = panel.outcome[np.ix_(rows, columns)] - base[rows, None]
        found.append((panel.firm[rows], isin, np.where(isin, 1.0, len(inside) / len(outside)), change))
    return found
