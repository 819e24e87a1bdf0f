"""A sheet that cannot be read at all: one finding, and nothing of the file takes effect."""

from __future__ import annotations

from minassa.declarations.findings import Finding, Severity


class Refused(Exception):
    """Reading stops here. `rule` lacks the prefix of its form. It never leaves the package: it becomes a report."""

    def __init__(self, rule: str, message: str, line: int = 0, column: int = 0) -> None:
        """Keep the rule, the French sentence, the place in the original file."""
        super().__init__(rule)
        self.rule = rule
        self.message = message
        self.line = line
        self.column = column

    def finding(self, prefix: str) -> Finding:
        """The finding of a form."""
        return Finding(f"{prefix}-{self.rule}", Severity.REJECT, self.line, self.column, self.message)
