"""The findings of a batch while it is being checked: counted for every row, spelled out only where there is room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.rules import RULES, Rule
from minassa.declarations.findings import LIMIT_PER_RULE, Finding, surplus

Positions = NDArray[np.integer]
Message = str | Callable[[int], str]
"""A sentence, or what makes it from the position of the row among those given with it."""


class Remarks:
    """Findings by file, and which files are refused. Files are known by their rank in the batch."""

    def __init__(self, files: int) -> None:
        self.refused = np.zeros(files, dtype=np.bool_)
        self._found: defaultdict[int, list[Finding]] = defaultdict(list)
        self._counts: dict[str, NDArray[np.int64]] = {}

    def add(self, rule: Rule, files: Positions, lines: Positions, columns: Positions | int, message: Message) -> None:
        """Note that ``rule`` is broken at these places. ``files`` ascends; all arrays have one entry per place."""
        if not len(files):
            return
        if rule.refuses:
            self.refused[files] = True
        counts = self._counts_of(rule)
        rank = np.arange(len(files)) - np.searchsorted(files, files) + counts[files]
        np.add.at(counts, files, 1)
        columns = np.broadcast_to(columns, len(files))
        for place in np.flatnonzero(rank < LIMIT_PER_RULE).tolist():
            text = message if isinstance(message, str) else message(place)
            finding = Finding(rule.code, rule.severity, int(lines[place]), int(columns[place]), text)
            self._found[int(files[place])].append(finding)

    def one(self, rule: Rule, file: int, line: int, column: int, message: str) -> None:
        """Note one broken rule at one place of one file."""
        if rule.refuses:
            self.refused[file] = True
        counts = self._counts_of(rule)
        counts[file] += 1
        if counts[file] <= LIMIT_PER_RULE:
            self._found[file].append(Finding(rule.code, rule.severity, line, column, message))

    def _counts_of(self, rule: Rule) -> NDArray[np.int64]:
        counts = self._counts.get(rule.code)
        if counts is None:
            counts = self._counts[rule.code] = np.zeros(len(self.refused), dtype=np.int64)
        return counts

    def of(self, file: int) -> list[Finding]:
        """The findings of a file by line and column; then, for each rule broken too often, how many are not told."""
        found = self._found.get(file)
        if not found:
            return []
        found = sorted(found, key=lambda finding: (finding.line, finding.column, finding.rule))
        if len(found) >= LIMIT_PER_RULE:
            for code, counts in sorted(self._counts.items()):
                if counts[file] > LIMIT_PER_RULE:
                    found.append(surplus(code, RULES[code].severity, int(counts[file]) - LIMIT_PER_RULE))
        return found
