"""The tables of the report as files: one CSV each, and one workbook of them all."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from minassa.steering.report.charts import SYNTHETIC
from minassa.steering.report.tables import Column, Row, Table
from minassa.vocabulary.rates import BASIS_POINTS

FOLDER = "tables"
WORKBOOK = "tables.xlsx"
ORIGIN = "Origine"
EPOCH = datetime(2025, 7, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written in the workbook as its date, always the same, so that the same run gives the same bytes."""
MONEY, WHOLE, RATE = "#,##0.00", "#,##0", "0.00%"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the start of a text."""
NAME_LENGTH = 31


def write_tables(folder: Path, tables: Sequence[Table], *, synthetic: bool) -> tuple[Path, ...]:
    """Write every table, whole, as `tables/<name>.csv`, and all of them in `tables/tables.xlsx`.

    CSV: `;`, decimal comma, UTF-8 with BOM, one line of headings; amounts in dirhams. Synthetic data are said so in a
    last column of every table.
    """
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    written = [_write_csv(place / f"{table.name}.csv", table, synthetic=synthetic) for table in tables]
    return (*written, _write_workbook(place / WORKBOOK, tables, synthetic=synthetic))


def _write_csv(path: Path, table: Table, *, synthetic: bool) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    origin = [ORIGIN] if synthetic else []
    writer.writerow([*(column.heading for column in table.columns), *origin])
    for row in table.rows:
        cells = [csv_cell(column, row.get(column.key)) for column in table.columns]
        writer.writerow([*cells, *([SYNTHETIC.lower()] if synthetic else [])])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def csv_cell(column: Column, value: Any) -> str:  # noqa: ANN401 (a cell is whatever its column says)
    """A value as a CSV writes it: amounts in dirhams, rates as percentages, texts that no spreadsheet would run."""
    if value is None:
        return ""
    if column.kind in {"money", "signed_money", "rate"}:
        whole, parts = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole},{parts:02d}"
    plain = column.plain(value)
    return str(plain) if isinstance(plain, int) else harmless(plain)


def harmless(text: str) -> str:
    """A text that a spreadsheet shows instead of running."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_workbook(path: Path, tables: Sequence[Table], *, synthetic: bool) -> Path:
    waiting = path.with_suffix(".writing")
    with xlsxwriter.Workbook(waiting, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Minassa, tables du rapport", "created": EPOCH})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "bold": book.add_format({"bold": True, "font_size": 13}),
            **{pattern: book.add_format({"num_format": pattern}) for pattern in (MONEY, WHOLE, RATE)},
        }
        for table in tables:
            _write_sheet(book.add_worksheet(table.name[:NAME_LENGTH]), table, formats, synthetic=synthetic)
    waiting.replace(path)
    return path


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any], *, synthetic: bool) -> None:  # noqa: ANN401
    sheet.write_string(0, 0, f"{table.title} ({SYNTHETIC.lower()})" if synthetic else table.title, formats["bold"])
    for rank, column in enumerate(table.columns):
        sheet.write_string(2, rank, column.heading, formats["head"])
        sheet.set_column(rank, rank, 18 if column.numeric or column.kind == "month" else 42)
    rows: list[Row] = [*table.rows, *([table.total] if table.total is not None else [])]
    for line, row in enumerate(rows, 3):
        for rank, column in enumerate(table.columns):
            _write_cell(sheet, line, rank, column, row.get(column.key), formats)
    sheet.freeze_panes(3, 1)


def _write_cell(sheet: Any, line: int, rank: int, column: Column, value: Any, formats: dict[str, Any]) -> None:  # noqa: ANN401
    if value is None:
        return
    if column.kind in {"money", "signed_money"}:
        # A workbook holds binary numbers only: dirhams are exact there up to 15 digits.
        sheet.write_number(line, rank, value / 100, formats[MONEY])
    elif column.kind == "rate":
        sheet.write_number(line, rank, value / BASIS_POINTS, formats[RATE])
    elif column.numeric:
        sheet.write_number(line, rank, value, formats[WHOLE])
    else:
        sheet.write_string(line, rank, str(column.plain(value)))
