"""What is found in the cells of sheets, by column of values; lines and columns are looked for finding by finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.findings import Finding, Severity
from minassa.declarations.tabular.cells import Cells, Oddity
from minassa.declarations.tally import Tally

Mask = NDArray[np.bool_]
Message = str | Callable[[int], str]
"""A sentence, or what makes it from the rank of the row."""


class Remarks:
    """The findings of some sheets, file by file, and the rows that they cost."""

    def __init__(self, prefix: str, cells: Cells) -> None:
        """Begin with what reading the files already found odd."""
        self._prefix = prefix
        self._cells = cells
        self._tallies: defaultdict[int, Tally] = defaultdict(Tally)
        self._findings: defaultdict[int, list[Finding]] = defaultdict(list)
        self.rejected: Mask = np.zeros(len(cells.files), dtype=np.bool_)
        for file, outline in enumerate(cells.outlines):
            for oddity in outline.oddities:
                self._add_oddity(file, oddity)

    def reject(self, rule: str, heading: str, broken: pl.Series | Mask, message: Message) -> None:
        """Rows that the cell under this heading costs."""
        mask = self._add(rule, Severity.REJECT, heading, broken, message)
        self.rejected |= mask

    def warn(self, rule: str, heading: str, broken: pl.Series | Mask, message: Message) -> None:
        """Rows that are kept all the same."""
        self._add(rule, Severity.WARN, heading, broken, message)

    def findings(self, file: int) -> list[Finding]:
        """Everything found in a file, in its order."""
        if file not in self._tallies:
            return []
        ordered = sorted(self._findings[file], key=lambda finding: (finding.line, finding.column, finding.rule))
        return ordered + self._tallies[file].surplus()

    def odd_rows(self, file: int) -> int:
        """How many rows of a file are left out for their shape."""
        return sum(oddity.rejects for oddity in self._cells.outlines[file].oddities)

    def _add(self, rule: str, severity: Severity, heading: str, broken: pl.Series | Mask, message: Message) -> Mask:
        mask: Mask = broken.fill_null(value=False).to_numpy() if isinstance(broken, pl.Series) else broken
        full_rule = f"{self._prefix}-{rule}"
        for row in np.flatnonzero(mask).tolist():
            file = int(self._cells.files[row])
            if self._tallies[file].room(full_rule, severity):
                line, column = self._cells.place(row, heading)
                text = message if isinstance(message, str) else message(row)
                self._findings[file].append(Finding(full_rule, severity, line, column, text))
        return mask

    def _add_oddity(self, file: int, oddity: Oddity) -> None:
        severity = Severity.REJECT if oddity.rejects else Severity.WARN
        rule = f"{self._prefix}-{oddity.rule}"
        if self._tallies[file].room(rule, severity):
            self._findings[file].append(Finding(rule, severity, oddity.line, oddity.column, oddity.message))
