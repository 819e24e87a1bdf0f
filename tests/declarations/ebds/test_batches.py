"""Many files at once: neither how they are cut nor their order changes anything, and nothing they hold stops us."""

from __future__ import annotations

import tracemalloc
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.ebds import Batch, Declaration, Family, SourceFile, check_batch, write
from minassa.declarations.findings import LIMIT_PER_RULE, FileReport
from minassa.declarations.kinds import KINDS
from tests.declarations.ebds.building import (
    AFFILIATION,
    PERIOD,
    complementary,
    joined,
    preetabli,
    principal,
    put,
    retotalled,
    written,
)
from tests.declarations.ebds.cases import NAMES
from tests.declarations.ebds.drawing import declarations

SOUND = joined(principal())
FILES = [
    SourceFile(NAMES["A"], joined(preetabli(), b"\r\n")),
    SourceFile(NAMES["B"], SOUND),
    SourceFile(NAMES["E"], joined(complementary())),
]


def outcome(batch: Batch) -> list[tuple[FileReport, list[tuple[Any, ...]], dict[str, Any]]]:
    """What a batch says of each file, apart from its rank."""
    rows = list(zip(*(getattr(batch.lines, column.name).tolist() for column in fields(batch.lines)), strict=True))
    headers = {column.name: getattr(batch.headers, column.name).tolist() for column in fields(batch.headers)}
    return [
        (report, [row[1:] for row in rows if row[0] == rank], {name: column[rank] for name, column in headers.items()})
        for rank, report in enumerate(batch.reports)
    ]


@st.composite
def damaged(draw: st.DrawFn) -> SourceFile:
    """A file that may be sound, or have bytes replaced, taken out or put in anywhere."""
    declaration = draw(declarations())
    data = write(declaration)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data)))
        text = draw(st.sampled_from([b"", b"9", b"X", b"\n", b"\r\n", b"\xe9", b"\x00", b"B02", b"B00", b" " * 30]))
        removed = draw(st.sampled_from([0, len(text), len(text), 1, 40]))
        data = data[:place] + text + data[place + removed :]
    return SourceFile(draw(st.sampled_from([declaration.file_name, "x.txt"])), data)


@given(st.lists(damaged(), max_size=5), st.sampled_from([1, 2, 3, 7, 20]))
@settings(max_examples=40)
def test_the_size_of_chunks_changes_nothing(files: list[SourceFile], rows: int) -> None:
    assert outcome(check_batch(files, rows=rows)) == outcome(check_batch(files))


@given(st.lists(damaged(), max_size=5), st.integers(0, 2**32))
@settings(max_examples=40)
def test_the_order_of_files_changes_nothing(files: list[SourceFile], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(files)).tolist()
    straight, mixed = outcome(check_batch(files)), outcome(check_batch([files[rank] for rank in order]))
    assert mixed == [straight[rank] for rank in order]


@given(st.lists(damaged(), max_size=5))
@settings(max_examples=40)
def test_a_file_alone_or_among_others_is_the_same(files: list[SourceFile]) -> None:
    """Without préétablis, for these are looked up among the others."""
    files = [file for file in files if b"A" not in file.data[:4]]
    assert outcome(check_batch(files)) == [outcome(check_batch([file]))[0] for file in files]


@given(damaged())
@settings(max_examples=40)
def test_every_line_is_accepted_or_rejected(file: SourceFile) -> None:
    (report,) = check_batch([file]).reports
    assert report.accepted + report.rejected == report.lines
    assert report.lines == file.data.count(b"\n") + (not file.data.endswith(b"\n") and file.data != b"")
    assert report.kind in {*KINDS, "unknown"}
    for finding in report.findings:
        assert 0 <= finding.line <= report.lines + 1
        assert (finding.column >= 1) == (finding.line >= 1)


@given(st.binary(max_size=2000) | st.binary(max_size=600).map(lambda junk: SOUND[:700] + junk))
def test_no_content_raises(data: bytes) -> None:
    (report,) = check_batch([SourceFile(NAMES["B"], data)]).reports
    assert report.refused


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("rows", [1, 1000])
def test_both_line_ends_are_read_with_or_without_the_last(line_end: bytes, last: bool, rows: int) -> None:
    data = joined(principal(), line_end)
    batch = check_batch([SourceFile(NAMES["B"], data if last else data[: -len(line_end)])], rows=rows)
    assert outcome(batch) == outcome(check_batch([FILES[1]]))
    assert batch.reports[0].findings == []


def test_a_file_as_long_as_whole_records_may_have_its_line_ends_elsewhere() -> None:
    lines = principal()
    repeated = [*lines[:2], *[lines[2]] * (len(lines[2]) + 2 - len(lines)), *lines[3:]]
    crlf = SourceFile(NAMES["B"], joined(repeated, b"\r\n"))
    shifted = SourceFile(NAMES["B"], joined([*lines[:3], lines[3] + b" ", lines[4][:-1], *lines[5:]]))
    assert len(crlf.data) % (len(lines[2]) + 1) == len(shifted.data) % (len(lines[2]) + 1) == 0
    together = outcome(check_batch([FILES[1], crlf, shifted, FILES[2]]))
    assert together[1] == outcome(check_batch([SourceFile(NAMES["B"], joined(repeated))]))[0]
    assert together[2] == outcome(check_batch([shifted], rows=1))[0]
    assert [(each.line, each.column) for each in together[2][0].findings if "LENGTH" in each.rule] == [
        (4, 261),
        (5, 260),
    ]
    assert together[3] == outcome(check_batch([FILES[2]]))[0]


@pytest.mark.parametrize(
    "name", [f"DS_{AFFILIATION}_102025.txt", f"DS_{AFFILIATION}_202510.TXT", f"d/DS_{AFFILIATION}_202510.txt"]
)
def test_other_forms_of_the_name_are_accepted(name: str) -> None:
    assert check_batch([SourceFile(name, SOUND)]).reports[0].findings == []


def test_a_rejected_line_is_left_out_and_the_others_stay() -> None:
    batch = check_batch([SourceFile(NAMES["B"], joined(written(principal(), 4, 112, "27")))])
    assert batch.lines.line.tolist() == [3, 5, 6, 8]
    assert batch.lines.record.tolist() == [2, 2, 2, 4]
    assert batch.lines.situation.tolist() == [0, 4, 1, 0]
    assert batch.lines.month.tolist() == [2025 * 12 + 9] * 4
    assert (batch.reports[0].accepted, batch.reports[0].rejected) == (9, 1)


def test_nothing_of_a_refused_file_takes_effect() -> None:
    batch = check_batch([*FILES, SourceFile(NAMES["B"], SOUND[:-1000])])
    assert set(batch.lines.file_index.tolist()) == {1, 2}
    assert batch.reports[3].refused


def test_a_preetabli_is_found_among_the_files_or_beside_them() -> None:
    other = SourceFile(NAMES["B"], joined(written(principal(), 1, 4, "25100000077702", again=False)))
    among, beside = check_batch([FILES[0], other]), check_batch([other], [FILES[0]])
    assert [finding.rule for finding in among.reports[1].findings] == ["EBDS-03-TRANSFER"]
    assert among.reports[1] == beside.reports[0]
    assert len(beside.reports) == 1
    assert check_batch([other]).reports[0].findings == []


def test_a_person_without_number_is_known_by_the_cin() -> None:
    batch = check_batch([SourceFile(NAMES["E"], joined(written(complementary(), 5, 86, " qz70012")))])
    assert batch.lines.number.tolist() == [0]
    assert batch.lines.cin.tolist() == [b"QZ70012"]
    assert batch.headers.complement.tolist() == [1]


def test_casual_labour_has_no_ceiling_no_name_and_no_key() -> None:
    casual = ("999999999", "", "", "", "26", "9000000", "9000000")
    (report,) = check_batch([SourceFile(NAMES["B"], joined(principal(entrants=[casual, casual])))]).reports
    assert report.findings == []


def test_findings_of_one_rule_are_told_up_to_the_limit_then_counted() -> None:
    people = principal()
    line = put(people[2], 112, "27")
    many = retotalled([*people[:2], *([line] * (LIMIT_PER_RULE + 20)), *people[6:]])
    report = check_batch([SourceFile(NAMES["B"], joined(many))]).reports[0]
    told = [finding for finding in report.findings if finding.rule == "EBDS-05-DAYS"]
    assert len(told) == LIMIT_PER_RULE + 1
    assert (told[-1].line, told[-1].column) == (0, 0)
    assert " 20." in told[-1].message


def test_a_file_of_wrong_lines_is_left_there() -> None:
    data = SOUND[:261] + b"x\n" * 1_500_000
    tracemalloc.start()
    (report,) = check_batch([SourceFile(NAMES["B"], data)]).reports
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.lines == report.rejected == 1_500_001
    assert sum(finding.rule == "EBDS-01-LENGTH" for finding in report.findings) == LIMIT_PER_RULE
    assert peak < 200_000_000


@pytest.mark.parametrize("head", [b"", SOUND[:522]], ids=["zeros", "zeros behind a header"])
def test_zeros_take_no_memory(head: bytes) -> None:
    data = head + bytes(60_000_000)
    tracemalloc.start()
    (report,) = check_batch([SourceFile(NAMES["B"], data)]).reports
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.refused
    assert peak < 5_000_000


def test_messages_hold_no_number_name_or_cin() -> None:
    """Every field of the persons damaged in turn: nothing that tells who they are comes back in a message."""
    secrets = ("199001", "FICTIVAL", "EXEMPLE", "ZINEB", "QZ70")
    spoilt = [
        SourceFile(NAMES["B"], joined(written(principal(), line, column, text, again=again)))
        for line in (3, 7, 8, 9, 10)
        for column in range(17, 157, 3)
        for text, again in (("9", True), ("9", False), ("X", False), ("é", False))
    ]
    for report in check_batch([FILES[0], *spoilt]).reports:
        for finding in report.findings:
            assert not any(secret in finding.message for secret in secrets), finding.message


def test_no_file_gives_empty_columns_of_the_right_types() -> None:
    batch, full = check_batch([]), check_batch(FILES)
    assert batch.reports == []
    for empty, filled in ((batch.lines, full.lines), (batch.headers, full.headers)):
        for column in fields(empty):
            assert len(getattr(empty, column.name)) == 0
            assert getattr(empty, column.name).dtype == getattr(filled, column.name).dtype


def test_headers_say_what_is_written() -> None:
    headers = check_batch(FILES).headers
    assert headers.affiliation.tolist() == [int(AFFILIATION)] * 3
    assert headers.month.tolist() == [int(PERIOD[:4]) * 12 + int(PERIOD[4:]) - 1] * 3
    assert headers.complement.tolist() == [0, 0, 1]
    assert headers.issued.tolist() == [20251101] * 3
    assert headers.company.tolist() == [b"SOCIETE FICTIVE DE DEMONSTRATION"] * 3
    assert np.unique(headers.transfer).tolist() == [25100000077701]


def test_a_report_as_json_has_the_keys_of_the_contract() -> None:
    report = check_batch([SourceFile(NAMES["B"], joined(written(principal(), 4, 112, "27")))]).reports[0]
    assert report.as_json() == {
        "file": NAMES["B"],
        "kind": "ebds_principal",
        "affiliation": AFFILIATION,
        "period": PERIOD,
        "lines": 10,
        "accepted": 9,
        "rejected": 1,
        "findings": [{**asdict(report.findings[0]), "severity": "reject"}],
    }
    assert report.findings[0].message == "27 jours déclarés : un mois complet en compte 26."


def plain_loop(data: bytes) -> list[tuple[int, ...]]:
    """Line, number, days, real and capped salary of each person, one line after the other, with slices and ``int``."""
    places = {b"B02": ((112, 113), (114, 126), (127, 135)), b"B04": ((94, 95), (96, 108), (109, 117))}
    places[b"E04"] = places[b"B04"]
    return [
        (rank, int(line[16:25]), *(int(line[first - 1 : last]) for first, last in places[line[:3]]))
        for rank, line in enumerate(data.split(b"\n"), start=1)
        if line[:3] in places and line[16:25].strip()
    ]


@given(declarations((Family.PRINCIPAL, Family.COMPLEMENTARY)))
@settings(max_examples=40)
def test_the_matrix_gives_what_a_plain_loop_over_lines_gives(declaration: Declaration) -> None:
    data = write(declaration)
    lines = check_batch([SourceFile(declaration.file_name, data)]).lines
    columns = (lines.line, lines.number, lines.days, lines.salary_real, lines.salary_capped)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == plain_loop(data)
