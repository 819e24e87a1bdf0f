"""What a broken file is in the tests: its bytes, and exactly what must be found in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from minassa.declarations.ebds import RULES, Effect, SourceFile, check_batch
from minassa.declarations.findings import FileReport
from tests.declarations.ebds.building import AFFILIATION, PERIOD, Lines, joined

Place = tuple[str, int, int]
"""A rule without its prefix, a line, a column."""

ALL = -1
NAMES = {
    "A": f"AFFEBDS_{AFFILIATION}_{PERIOD}.txt",
    "B": f"DS_{AFFILIATION}_{PERIOD}.txt",
    "E": f"DSC1_{AFFILIATION}_{PERIOD}.txt",
}


@dataclass(frozen=True)
class Broken:
    """A file, and what is wrong with it: every place, how many lines are left out (``ALL``: the file is refused)."""

    sent: bytes | Lines
    places: tuple[Place, ...]
    rejected: int
    name: str = ""
    beside: tuple[Lines | bytes, ...] = ()

    @property
    def data(self) -> bytes:
        return as_bytes(self.sent)


def as_bytes(sent: bytes | Lines) -> bytes:
    return sent if isinstance(sent, bytes) else joined(sent)


def broken(
    sent: bytes | Lines, *places: Place, rejected: int = 0, name: str = "", beside: tuple[Lines | bytes, ...] = ()
) -> Broken:
    return Broken(sent, places, rejected, name, beside)


def report_of(case: Broken) -> FileReport:
    """The report of the file, checked with the préétablis that go with it."""
    name = case.name or NAMES.get(case.data[:1].decode("latin-1"), NAMES["B"])
    (report,) = check_batch(
        [SourceFile(name, case.data)], [SourceFile(NAMES["A"], as_bytes(sent)) for sent in case.beside]
    ).reports
    return report


def assert_found(case: Broken) -> None:
    """The report says what is wrong, where, how badly, and nothing else; the lines are counted accordingly."""
    report = report_of(case)
    expected = sorted((line, column, f"EBDS-{rule}") for rule, line, column in case.places)
    assert [(finding.line, finding.column, finding.rule) for finding in report.findings] == expected
    for finding in report.findings:
        assert finding.severity is RULES[finding.rule].severity
        assert finding.message.endswith(".")
    refused = any(RULES[finding.rule].effect is Effect.REFUSE for finding in report.findings)
    assert report.refused is refused is (case.rejected == ALL)
    assert report.rejected == (report.lines if refused else case.rejected)
    assert report.accepted + report.rejected == report.lines


def table(cases: dict[str, Broken]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases.values(), ids=cases.keys())
