"""What every reader reports."""

from __future__ import annotations

import json

from minassa.declarations.findings import FileReport, Finding, Severity, surplus


def test_a_report_has_the_keys_of_the_contract_and_nothing_else() -> None:
    finding = Finding("EBDS-05-DAYS", Severity.REJECT, 3, 112, "27 jours.")
    report = FileReport("f.txt", "ebds_principal", "9900178", "202510", 10, 9, 1, [finding])
    assert json.loads(json.dumps(report.as_json())) == {
        "file": "f.txt",
        "kind": "ebds_principal",
        "affiliation": "9900178",
        "period": "202510",
        "lines": 10,
        "accepted": 9,
        "rejected": 1,
        "findings": [{"rule": "EBDS-05-DAYS", "severity": "reject", "line": 3, "column": 112, "message": "27 jours."}],
    }


def test_reports_do_not_share_their_findings() -> None:
    FileReport("a", "unknown").findings.append(surplus("R", Severity.WARN, 1))
    assert FileReport("b", "unknown").findings == []


def test_what_is_beyond_the_limit_is_counted_for_the_whole_file() -> None:
    last = surplus("EBDS-05-DAYS", Severity.REJECT, 12)
    assert (last.line, last.column, last.rule) == (0, 0, "EBDS-05-DAYS")
    assert "EBDS-05-DAYS" in last.message
    assert "12" in last.message
