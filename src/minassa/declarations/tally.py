"""Findings of one file counted by rule, so that a file broken everywhere still gives a short report."""

from __future__ import annotations

from collections import Counter

from minassa.declarations.findings import LIMIT_PER_RULE, Finding, Severity, surplus


class Tally:
    """How often each rule was broken; findings beyond the limit of a rule are counted, not detailed."""

    def __init__(self, limit: int = LIMIT_PER_RULE) -> None:
        """Start with nothing broken; ``limit`` is the number of findings of one rule kept in full."""
        self._limit = limit
        self._broken: Counter[tuple[str, Severity]] = Counter()

    def room(self, rule: str, severity: Severity, count: int = 1) -> int:
        """Count ``count`` more breaches of a rule; how many of them may still be detailed."""
        before = self._broken[rule, severity]
        self._broken[rule, severity] = before + count
        return max(0, min(count, self._limit - before))

    def surplus(self) -> list[Finding]:
        """One last finding for each rule that was broken more often than its limit."""
        return [
            surplus(rule, severity, count - self._limit)
            for (rule, severity), count in sorted(self._broken.items())
            if count > self._limit
        ]
