"""What a reader has to say about one file: findings, and the report that counts lines.

Bad data is not an exception: it is a finding that names its rule, its line and its column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LIMIT_PER_RULE = 10_000
"""Findings of one rule kept in full for one file; beyond, one last finding counts the others."""


class Severity(StrEnum):
    """What a finding does to the line (or the file) it speaks of."""

    REJECT = "reject"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule at one place of a file.

    ``line`` and ``column`` count from 1, in the original file; line 0 (with column 0) speaks of the file as a whole.
    ``message`` is French, for the person who sent the file: what is wrong, where, what to do.
    """

    rule: str
    severity: Severity
    line: int
    column: int
    message: str

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "line": self.line,
            "column": self.column,
            "message": self.message,
        }


def surplus(rule: str, severity: Severity, count: int) -> Finding:
    """The last finding of a rule that was broken more often than ``LIMIT_PER_RULE``: how many more times."""
    return Finding(
        rule,
        severity,
        0,
        0,
        f"Anomalies de la règle {rule} comptées sans être détaillées : {count}. Corrigez d'abord celles qui précèdent.",
    )


@dataclass(slots=True)
class FileReport:
    """The outcome of reading one file.

    ``lines`` are the lines (or rows) of the file that could take effect or not; ``accepted + rejected == lines``.
    ``refused`` means a structural reject: nothing of the file may take effect, and all its lines are rejected.
    ``affiliation`` and ``period`` (AAAAMM, or AAAA for a year) are empty when the file does not say them.
    """

    file: str
    kind: str
    affiliation: str = ""
    period: str = ""
    lines: int = 0
    accepted: int = 0
    rejected: int = 0
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, keys in a fixed order."""
        return {
            "file": self.file,
            "kind": self.kind,
            "affiliation": self.affiliation,
            "period": self.period,
            "lines": self.lines,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "findings": [finding.as_json() for finding in self.findings],
        }
