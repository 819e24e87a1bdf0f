"""A file that cannot be read at all: one finding, and nothing of the file takes effect."""

from __future__ import annotations

from minassa.declarations.findings import Finding, Severity


class Refused(Exception):
    """Reading stops here; `finding` says why. It never leaves the package: `read` turns it into a report."""

    def __init__(self, rule: str, message: str, line: int = 0, column: int = 0) -> None:
        """Keep the finding: the rule, a French sentence, the place in the original file."""
        super().__init__(rule)
        self.finding = Finding(rule, Severity.REJECT, line, column, message)
