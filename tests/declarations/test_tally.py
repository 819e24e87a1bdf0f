from __future__ import annotations

from minassa.declarations.findings import Severity
from minassa.declarations.tally import Tally


def test_breaches_beyond_the_limit_are_counted_and_no_longer_detailed() -> None:
    tally = Tally(limit=3)
    assert [tally.room("A", Severity.WARN), tally.room("A", Severity.WARN, 5), tally.room("A", Severity.WARN)] == [
        1,
        2,
        0,
    ]
    assert tally.room("B", Severity.WARN, 3) == 3
    last = tally.surplus()
    assert [(finding.rule, finding.severity, finding.line, finding.column) for finding in last] == [
        ("A", Severity.WARN, 0, 0)
    ]
    assert " 4" in last[0].message


def test_a_rule_counts_apart_by_severity() -> None:
    tally = Tally(limit=1)
    assert tally.room("A", Severity.WARN) == 1
    assert tally.room("A", Severity.REJECT) == 1
    assert tally.surplus() == []
