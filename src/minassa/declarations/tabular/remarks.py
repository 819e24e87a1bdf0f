"""What is found in the cells of a sheet, by column of values; lines and columns are looked for finding by finding."""

from __future__ import annotations

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
    """The findings of one sheet and the rows that they cost."""

    def __init__(self, prefix: str, cells: Cells) -> None:
        """Begin with what reading the file already found odd."""
        self._prefix = prefix
        self._cells = cells
        self._tally = Tally()
        self._findings: list[Finding] = []
        self.rejected: Mask = np.zeros(len(cells.lines), dtype=np.bool_)
        for oddity in cells.oddities:
            self._add_oddity(oddity)

    def reject(self, rule: str, heading: str, broken: pl.Series | Mask, message: Message) -> None:
        """Rows that the cell under this heading costs."""
        mask = self._add(rule, Severity.REJECT, heading, broken, message)
        self.rejected |= mask

    def warn(self, rule: str, heading: str, broken: pl.Series | Mask, message: Message) -> None:
        """Rows that are kept all the same."""
        self._add(rule, Severity.WARN, heading, broken, message)

    def findings(self) -> list[Finding]:
        """Everything found, in the order of the file."""
        ordered = sorted(self._findings, key=lambda finding: (finding.line, finding.column, finding.rule))
        return ordered + self._tally.surplus()

    def _add(self, rule: str, severity: Severity, heading: str, broken: pl.Series | Mask, message: Message) -> Mask:
        mask: Mask = broken.fill_null(value=False).to_numpy() if isinstance(broken, pl.Series) else broken
        rows = np.flatnonzero(mask)
        full_rule = f"{self._prefix}-{rule}"
        for row in rows[: self._tally.room(full_rule, severity, len(rows))].tolist():
            line, column = self._cells.place(row, heading)
            text = message if isinstance(message, str) else message(row)
            self._findings.append(Finding(full_rule, severity, line, column, text))
        return mask

    def _add_oddity(self, oddity: Oddity) -> None:
        severity = Severity.REJECT if oddity.rejects else Severity.WARN
        rule = f"{self._prefix}-{oddity.rule}"
        if self._tally.room(rule, severity):
            self._findings.append(Finding(rule, severity, oddity.line, oddity.column, oddity.message))
