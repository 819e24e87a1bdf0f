"""Sheets read together say what each says alone: nothing of one file reaches another."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.tabular import ACCOUNTS, FIRM, STAFF, Reader, read_together
from minassa.declarations.tabular.reading import FILE, read_one
from tests.declarations.tabular import sheet_examples as examples

FORMS = {
    "register": (STAFF, examples.REGISTER, ("REGISTRE_9900003_202512.csv", "REGISTRE_9900011_202601.csv", "registre")),
    "accounts": (ACCOUNTS, examples.ACCOUNTS, ("COMPTES_9900003_2025.csv", "COMPTES_9900011_2024.csv", "comptes")),
    "sheet": (FIRM, examples.SHEET, ("FICHE_9900003.csv", "FICHE_9900011.csv", "fiche")),
}
VALUES = ["", "0", "1", "9900003", "199000011", '"a;b"', '"', "2026-01-01", "1999-01-01", "XX", "ITO", "12,5"]


@st.composite
def sheets(draw: st.DrawFn, text: str) -> bytes:
    """A sheet with some cells changed, lines repeated or cut, columns moved, the separator or the encoding another."""
    rows = examples.as_rows(text)
    for row in draw(st.lists(st.sampled_from(rows[1:]), max_size=3)):
        row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(VALUES))
    rows += [list(row) for row in draw(st.lists(st.sampled_from(rows[1:]), max_size=2))]
    shape = draw(st.sampled_from(["as is", "turned", "marked", "comma", "no rows", "nothing", "short", "workbook"]))
    if shape == "turned":
        rows = [row[::-1] for row in rows]
    if shape == "marked":
        rows = [[*row, "exemple synthétique" if at == 1 else "remarque" * (at == 0)] for at, row in enumerate(rows)]
    if shape == "short":
        rows[-1].pop()
    if shape == "workbook":
        return examples.workbook(rows)
    rows = {"no rows": rows[:1], "nothing": []}.get(shape, rows)
    written = "\n".join(("," if shape == "comma" else ";").join(row) for row in rows)
    return written.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252"])))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_together_each_file_says_what_it_says_alone(form: str, data: st.DataObject) -> None:
    reader, text, names = FORMS[form]
    files = data.draw(st.lists(st.tuples(st.sampled_from(names), sheets(text)), max_size=5))
    read = read_together(reader, files)
    assert len(read.reports) == len(files)
    for rank, (name, content) in enumerate(files):
        alone = read_one(reader, name, content)
        assert read.reports[rank] == alone.report
        assert read.rows.filter(pl.col(FILE) == rank).drop(FILE).equals(alone.rows)


@pytest.mark.parametrize("reader", [STAFF, ACCOUNTS, FIRM])
def test_no_file_gives_no_row(reader: Reader) -> None:
    read = read_together(reader, [])
    assert (read.reports, read.rows.height) == ([], 0)
