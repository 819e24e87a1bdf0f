"""Whatever is deposited, reading says what is wrong and never stumbles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.tabular import TabularFile
from tests.declarations.tabular.sheet_examples import (
    ACCOUNTS,
    REGISTER,
    SHEET,
    accounts,
    as_rows,
    register,
    sheet,
    workbook,
)

READERS = (register, accounts, sheet)
CONTENTS = [text.encode() for text in (REGISTER, ACCOUNTS, SHEET)] + [workbook(as_rows(REGISTER))]
edits = st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 3)), min_size=1, max_size=6)


def _sound(read: TabularFile) -> None:
    report = read.report
    assert report.lines == report.accepted + report.rejected
    assert read.rows.height == report.accepted
    assert not report.refused or (read.rows.is_empty() and report.findings)
    assert not report.rejected or report.findings


@settings(max_examples=150)
@given(st.sampled_from(READERS), st.sampled_from(CONTENTS), edits)
def test_damaged_sheets_are_reported(reader: object, content: bytes, changes: list[tuple[int, bytes, int]]) -> None:
    for where, new, gone in changes:
        at = where % len(content)
        content = content[:at] + new + content[at + gone :]
    assert callable(reader)
    _sound(reader(content))


@given(st.sampled_from(READERS), st.binary(max_size=200))
def test_any_bytes_are_reported(reader: object, content: bytes) -> None:
    assert callable(reader)
    _sound(reader(content))


texts = st.text(max_size=12)


@settings(max_examples=100)
@given(st.sampled_from([(register, REGISTER), (accounts, ACCOUNTS), (sheet, SHEET)]), st.data())
def test_any_text_in_a_cell_is_reported(form: tuple[object, str], data: st.DataObject) -> None:
    reader, text = form
    rows: list[list[str]] = as_rows(text)
    for row in rows[1:]:
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(texts).replace('"', '""')
    content = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    assert callable(reader)
    _sound(reader(content.encode(errors="replace")))


@pytest.mark.parametrize("reader", READERS)
def test_headings_alone_are_refused(reader: object) -> None:
    assert callable(reader)
    for text in (REGISTER, ACCOUNTS, SHEET):
        assert reader(text.splitlines()[0]).report.refused
