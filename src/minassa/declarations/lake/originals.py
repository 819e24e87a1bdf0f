"""One line of an original file, as a person would want to see it again."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable
from datetime import datetime, time
from itertools import islice

from openpyxl import load_workbook

from minassa.declarations.kinds import SIMPL_IR_9421
from minassa.declarations.packs import PackUnreadable
from minassa.declarations.simpl_ir.refusals import Refused
from minassa.declarations.simpl_ir.sources import Limits, opened

_ZIP = b"PK\x03\x04"
_OPENING = re.compile(rb"<([A-Za-z_][\w.-]*)")
# What a damaged or hostile workbook makes openpyxl raise: it documents none of them.
_BROKEN_WORKBOOK = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError)


def excerpt(content: bytes, kind: str, line: int) -> str:
    """Line `line` (from 1) of a file of that kind: the row of a sheet, the element of an XML, or the line of a text.

    `PackUnreadable` when the file has no such line.
    """
    try:
        if kind == SIMPL_IR_9421:
            return _element(content, line)
        return _row(content, line) if content.startswith(_ZIP) else _text(_line(content.split(b"\n", line), line))
    except (Refused, *_BROKEN_WORKBOOK) as cause:
        raise _missing(line) from cause


def excerpts(content: bytes, kind: str, lines: Collection[int]) -> dict[int, str]:
    """Several lines of one file, a sheet or a text being read once. `PackUnreadable` when one of them is missing."""
    if kind == SIMPL_IR_9421:
        return {line: excerpt(content, kind, line) for line in lines}
    last = max(lines, default=0)
    try:
        if not content.startswith(_ZIP):
            cut = content.split(b"\n", last)
            return {line: _text(_line(cut, line)) for line in lines}
        rows = _rows(content, last)
    except _BROKEN_WORKBOOK as cause:
        raise _missing(last) from cause
    return {line: _among(rows, line) for line in lines}


def _among(rows: list[str], row: int) -> str:
    if not 1 <= row <= len(rows):
        raise _missing(row)
    return rows[row - 1]


def _missing(line: int) -> PackUnreadable:
    return PackUnreadable("Le fichier d'origine n'a pas cette ligne.", line=line)


def _line(lines: list[bytes], line: int) -> bytes:
    """The line asked for, among lines of which nothing is cut before it."""
    if line < 1 or len(lines) < line or (len(lines) == line and not lines[-1]):
        raise _missing(line)
    return lines[line - 1].removesuffix(b"\r")


def _text(line: bytes) -> str:
    """Bytes as text: UTF-8 when they are, else the Windows code page, where a byte is a character."""
    try:
        return line.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _row(content: bytes, row: int) -> str:
    """A row of the first sheet of a workbook, as a line of CSV separated by `;`."""
    return _among(_rows(content, row), row)


def _rows(content: bytes, last: int) -> list[str]:
    """The first rows of the first sheet of a workbook, up to the last one wanted, as lines of CSV."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return [_joined(cells) for cells in islice(book.worksheets[0].iter_rows(values_only=True), max(last, 0))]
    finally:
        book.close()


def _joined(cells: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="").writerow(map(_written, cells))
    return written.getvalue()


def _written(cell: object) -> object:
    """A cell as the person saw it: a day without an hour of the day."""
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return "" if cell is None else cell


def _element(content: bytes, line: int) -> str:
    """The whole element that opens on that line; only the line when several do."""
    with opened(content, Limits()) as stream:
        lines = stream.read().split(b"\n", line - 1) if line > 0 else []
    if len(lines) < line or line < 1:
        raise _missing(line)
    rest = lines[-1]
    first = rest.partition(b"\n")[0]
    tags = _OPENING.findall(first)
    end = rest.find(b"</%b>" % tags[0]) if tags and tags.count(tags[0]) == 1 else -1
    whole = rest[: end + len(tags[0]) + 3] if end >= 0 else first
    return _text(whole.strip())
