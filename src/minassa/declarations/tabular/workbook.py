"""XLSX workbooks: the sheet that holds the headings, its cells as text. Formulas count by the value kept."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import polars as pl
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from minassa.declarations.tabular.cells import Oddity, Outline
from minassa.declarations.tabular.forms import REMARK, Form
from minassa.declarations.tabular.headings import match
from minassa.declarations.tabular.refusals import Refused

_ZIP = b"PK\x03\x04"
_EXPANDED = 1 << 29
_RATIO = 200
_FREE = 16 << 20
_WIDEST = 64
"""Cells of a row that are looked at: more than any form has."""
_LOOKED_AT = 4096
_HEADINGS_WITHIN = 20
# What a damaged or hostile workbook makes openpyxl raise: it documents none of them.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    RuntimeError,
    EOFError,
)

Row = tuple[int, tuple[str, ...]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a ZIP, which is what an XLSX is."""
    return content.startswith(_ZIP)


def read(form: Form, content: bytes) -> tuple[pl.DataFrame, Outline]:
    """The cells, as text, of the first sheet that bears headings of the form; Refused when there is none."""
    try:
        _check_archive(content)
        rows = _rows(form, content)
    except _BROKEN as problem:
        message = "Le classeur est illisible : ouvrez-le et enregistrez-le de nouveau en .xlsx, sans mot de passe."
        raise Refused("CLASSEUR", message) from problem
    if not rows:
        raise Refused("VIDE", "La feuille est vide : remplissez-la ou déposez la bonne.")
    (line, headings), body = rows[0], rows[1:]
    ranks, strange = match(form, headings, lambda rank: (line, rank + 1))
    oddities = [Oddity("ENTETE-INCONNUE", line, rank + 1, message, rejects=False) for rank, message in strange]
    read_headings = [heading for heading in (*form.read, REMARK) if heading in ranks]
    columns = {
        heading: pl.Series(heading, [_at(cells, ranks[heading]) for _, cells in body], dtype=pl.String)
        for heading in read_headings
    }
    lines = np.array([number for number, _ in body], dtype=np.int64)
    return pl.DataFrame(columns), Outline(
        lines, lambda row, heading: (int(lines[row]), ranks.get(heading, 0) + 1), oddities
    )


def _at(cells: tuple[str, ...], rank: int) -> str:
    return cells[rank] if rank < len(cells) else ""


def _check_archive(content: bytes) -> None:
    """Refuse an archive that would unfold without measure, or whose parts declare a DOCTYPE."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        expanded = sum(member.file_size for member in members)
        if expanded > min(_EXPANDED, max(_FREE, len(content) * _RATIO)):
            raise Refused("BOMBE", "Le classeur se déplie au-delà de toute feuille réelle : recréez-le.")
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    if b"<!DOCTYPE" in part.read(_LOOKED_AT).upper():
                        raise Refused("CLASSEUR", "Le classeur contient un DOCTYPE : enregistrez-le de nouveau.")


def _rows(form: Form, content: bytes) -> list[Row]:
    """The rows that are not empty, from the headings on, with their numbers."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = list(book.worksheets)
        for sheet in sheets:
            # The size that a file announces for its sheet may be wrong.
            sheet.reset_dimensions()
        best = max(sheets, key=lambda sheet: _fit(form, sheet))
        return [row for row in _texts(best) if any(row[1])]
    finally:
        book.close()


def _fit(form: Form, sheet: Any) -> int:  # noqa: ANN401 - openpyxl ships no types
    """How many headings of the form the first filled row of a sheet bears."""
    for _, cells in islice(_texts(sheet), _HEADINGS_WITHIN):
        if any(cells):
            return len({cell.casefold() for cell in cells} & set(form.headings))
    return 0


def _texts(sheet: Any) -> Iterator[Row]:  # noqa: ANN401 - the same
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=_WIDEST), start=1):
        yield number, tuple(map(_text, cells))


def _text(value: object) -> str:
    """A cell as it would be typed in a CSV: dates AAAA-MM-JJ, numbers in plain digits as a spreadsheet shows them."""
    if isinstance(value, float):
        # A spreadsheet computes with 15 significant digits: 0.1 + 0.2 is shown, and meant, as 0.3.
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    return "" if value is None else str(value).strip()
