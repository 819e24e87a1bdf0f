"""Tables as files: CSV for programs and spreadsheets, XLSX, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter
from django.http import HttpResponse

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
Rows = Sequence[Mapping[str, Any]]


def exported(kind: str, name: str, rows: Rows, note: str = "") -> HttpResponse:
    """The rows as a file `name.kind` to keep; `note` (such as « synthétique ») goes in the file and in its name.

    KeyError for a kind that is not `csv`, `xlsx` or `json`.
    """
    made = {"csv": _csv, "xlsx": _xlsx, "json": _json}[kind](rows, note)
    response = HttpResponse(made, content_type=TYPES[kind])
    mark = "-synthetique" if note else ""
    response["Content-Disposition"] = f'attachment; filename="minassa-{name}{mark}.{kind}"'
    return response


def _columns(rows: Rows, note: str) -> list[str]:
    return [*(rows[0] if rows else ()), *(["note"] if note else [])]


def _csv(rows: Rows, note: str) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, _columns(rows, note), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**row, **({"note": note} if note else {})} for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _xlsx(rows: Rows, note: str) -> bytes:
    written = io.BytesIO()
    columns = _columns(rows, note)
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Minassa")
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [{**row, "note": note}[column] for column in columns])
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return written.getvalue()


def _json(rows: Rows, note: str) -> bytes:
    document = {"note": note, "rows": rows} if note else {"rows": rows}
    return json.dumps(document, ensure_ascii=False, default=str, indent=1).encode()
