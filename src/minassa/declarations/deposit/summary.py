"""What a deposit did, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from minassa.declarations.findings import FileReport


@dataclass(slots=True)
class DepositSummary:
    """What one call did. `files = deposited + already + refused + unknown + unreadable`, `lines = accepted + rejected`.

    `already`: the same bytes under the same name are in effect. `refused`: a known kind, nothing of it takes effect.
    The lines are those of the files examined in this call (deposited and refused), headers included where there are
    some; `rows` are those that reached the lake.
    """

    files: int = 0
    deposited: int = 0
    already: int = 0
    refused: int = 0
    lines: int = 0
    accepted: int = 0
    rejected: int = 0
    rows: int = 0
    size: int = 0
    deposits: list[int] = field(default_factory=list)
    refused_names: list[str] = field(default_factory=list)
    unknown_names: list[str] = field(default_factory=list)
    unreadable_names: list[str] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)

    @property
    def unknown(self) -> int:
        """How many files were of no known kind."""
        return len(self.unknown_names)

    @property
    def unreadable(self) -> int:
        """How many files could not be read at all: nothing is kept of them, deposit them again."""
        return len(self.unreadable_names)

    def count(self, reports: Sequence[FileReport]) -> None:
        """Add the lines and findings of files that were examined."""
        self.lines += sum(report.lines for report in reports)
        self.accepted += sum(report.accepted for report in reports)
        self.rejected += sum(report.rejected for report in reports)
        self.findings.update(finding.rule for report in reports for finding in report.findings)

    def add(self, other: DepositSummary) -> None:
        """Add what another part of the same deposit did."""
        for each in fields(self):
            mine, its = getattr(self, each.name), getattr(other, each.name)
            setattr(self, each.name, mine + its)

    def sentence(self) -> str:
        """The summary in one French sentence."""
        parts = [f"{self.deposited} fichiers déposés sur {self.files} ({self.rows} lignes gardées)"]
        counts = {
            "déjà en place": self.already,
            "refusés": self.refused,
            "de nature inconnue": self.unknown,
            "illisibles": self.unreadable,
            "lignes rejetées": self.rejected,
        }
        return ", ".join(parts + [f"{count} {what}" for what, count in counts.items() if count])

    def as_json(self) -> dict[str, Any]:
        """The summary as plain values, keys in a fixed order."""
        return {
            "files": self.files,
            "deposited": self.deposited,
            "already": self.already,
            "refused": self.refused,
            "unknown": self.unknown,
            "unreadable": self.unreadable,
            "lines": self.lines,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "rows": self.rows,
            "bytes": self.size,
            "deposits": self.deposits,
            "refused_names": self.refused_names,
            "unknown_names": self.unknown_names,
            "unreadable_names": self.unreadable_names,
            "findings": dict(sorted(self.findings.items())),
        }
