"""A list as a file: CSV or XLSX, with what a sheet would take for a formula kept as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import xlsxwriter
from django.http import HttpResponse

from minassa.vocabulary.money import CENTIMES_A_DIRHAM


class Amount(int):
    """Centimes in a table: a number of dirhams for whoever opens the file, who adds it up."""


Cell: TypeAlias = str | int | Amount
FORMATS: Final = ("csv", "xlsx")
MOST: Final = 10_000
"""Rows of an export, which is made in memory: the page says it beside the links when the list goes on."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(name: str, wanted: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Rows under their headings as `csv` (UTF-8 with its mark, `;`) or `xlsx`, to be saved under `name`."""
    table = [tuple(headings), *rows]
    content = _xlsx(name, table) if wanted == "xlsx" else _csv(table)
    response = HttpResponse(content, content_type=_XLSX if wanted == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return response


def _csv(table: Iterable[Sequence[Cell]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([_plain(cell) for cell in row] for row in table)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, Amount):
        dirhams, centimes = divmod(abs(cell), CENTIMES_A_DIRHAM)
        return f"{'-' if cell < 0 else ''}{dirhams},{centimes:02d}"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _xlsx(name: str, table: Iterable[Sequence[Cell]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    written_as_money = book.add_format({"num_format": "#,##0.00"})
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            if isinstance(cell, Amount):
                # A sheet knows no whole centimes: fifteen digits of its numbers are exact, and shown with two decimals.
                sheet.write_number(number, column, cell / CENTIMES_A_DIRHAM, written_as_money)
            else:
                sheet.write(number, column, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return written.getvalue()
