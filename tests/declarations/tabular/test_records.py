from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.tabular.records import cell_starts, cells_of, split

cells = st.text(alphabet='ab;"\n é', max_size=6)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(tables, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_records_and_cells_are_those_of_the_csv_module(table: list[list[str]], ends: str, everywhere: bool) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator=ends, quoting=csv.QUOTE_MINIMAL)
    if everywhere:
        writer = csv.writer(text, delimiter=";", lineterminator=ends, quoting=csv.QUOTE_ALL)
    writer.writerows(table)
    content = text.getvalue().encode()
    records = split(content, b";")
    assert records.cells.tolist() == [len(row) for row in table]
    assert not records.misquoted.any()
    for rank, row in enumerate(table):
        start, end = int(records.starts[rank]), int(records.ends[rank])
        record = content[start:end]
        assert next(csv.reader(io.StringIO(record.decode(), newline=""), delimiter=";"), [""]) == row
        assert int(records.lines[rank]) == content[:start].count(b"\n") + 1
        last = record[cell_starts(record, b";")[-1] :].decode()
        assert next(csv.reader(io.StringIO(last, newline=""), delimiter=";"), [""]) == row[-1:]
        if not any(cell.startswith('"') or cell.endswith('"') for cell in map(str.strip, row)):
            assert cells_of(record, b";") == [cell.strip() for cell in row]


@given(st.text(alphabet='ab;"\n', max_size=40))
def test_no_text_makes_it_stumble(text: str) -> None:
    records = split(text.encode(), b";")
    assert (records.ends >= records.starts).all()
    assert (records.cells >= 1).all()
    if records.misquoted.any():
        # Marks cannot be trusted: every line is then a record.
        assert len(records.starts) == len(text.split("\n")) - text.endswith("\n")
