"""What is found while a statement is read; lines and columns are looked for at the end, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from minassa.declarations.findings import Finding, Severity
from minassa.declarations.simpl_ir.places import Spot, locate
from minassa.declarations.tally import Tally


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding whose place is still a byte and a tag."""

    rule: str
    severity: Severity
    spot: Spot
    message: str


class Remarks:
    """The remarks of one file; beyond the limit of a rule they are only counted."""

    def __init__(self) -> None:
        """Start with nothing to say."""
        self._tally = Tally()
        self._kept: list[Remark] = []

    def __bool__(self) -> bool:
        return bool(self._kept)

    def add(self, rule: str, severity: Severity, spot: Spot, message: str) -> None:
        """Note one breach."""
        if self._tally.room(rule, severity):
            self._kept.append(Remark(rule, severity, spot, message))

    def placed(self, stream: BinaryIO) -> list[Finding]:
        """The findings in the order of the file, after one more reading of it when there are any."""
        places = locate(stream, (remark.spot for remark in self._kept)) if self._kept else {}
        findings = [
            Finding(remark.rule, remark.severity, *places[remark.spot], remark.message) for remark in self._kept
        ]
        findings.sort(key=lambda finding: (finding.line, finding.column, finding.rule))
        return findings + self._tally.surplus()
