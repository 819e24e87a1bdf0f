"""The three sheets of an XLSForm (`survey`, `choices`, `settings`) as rows, from a workbook and into one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from minassa.talent.survey.errors import FormError

Row: TypeAlias = Mapping[str, str]
Sheets: TypeAlias = Mapping[str, Sequence[Row]]
NAMES: Final = ("survey", "choices", "settings")
MOST_ROWS: Final = 2_000
LARGEST_FILE: Final = 5_000_000
"""Bytes: a form is small."""
_CREATED: Final = datetime(2026, 12, 1)  # noqa: DTZ001 (what a workbook says of itself has no zone)


def read_workbook(content: bytes) -> Sheets:
    """The rows of a workbook; FormError when it is no workbook, is too large, or has no sheet `survey`."""
    if len(content) > LARGEST_FILE:
        raise FormError("Ce classeur est trop lourd pour un formulaire.")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = {name: _rows(book[name]) for name in NAMES if name in book.sheetnames}
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise FormError("Ce fichier n'est pas un classeur XLSX qui se lise.") from error
    if "survey" not in found:
        raise FormError("Ce classeur n'a pas de feuille « survey » : ce n'est pas un XLSForm.")
    return {name: found.get(name, []) for name in NAMES}


def _rows(sheet: Any) -> list[Row]:  # noqa: ANN401 (openpyxl ships no types)
    rows = sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
    heads = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    found = [{head: text_of(cell) for head, cell in zip(heads, row, strict=False) if head} for row in rows]
    return [row for row in found if any(row.values())]


def text_of(cell: object) -> str:
    """A cell as text: a whole number without decimals, nothing for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def workbook(sheets: Sheets) -> bytes:
    """The workbook of a form: the same bytes for the same rows, columns in the order they first appear."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED})
        bold = book.add_format({"bold": True})
        for name in NAMES:
            sheet = book.add_worksheet(name)
            heads = list(dict.fromkeys(head for row in sheets[name] for head in row))
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
                sheet.set_column(column, column, 34 if "::" in head else 22)
            for line, row in enumerate(sheets[name], start=1):
                for column, head in enumerate(heads):
                    if row.get(head):
                        sheet.write_string(line, column, row[head])
    return made.getvalue()
