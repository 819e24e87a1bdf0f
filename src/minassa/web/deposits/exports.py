"""The list of files sent as a file: CSV or XLSX, filters kept, no person in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from minassa.intake.models import Upload
from minassa.web.deposits.showing import STATES, kind_of

MOST: Final = 10_000
"""Rows of an export."""
Table = list[tuple[str | int, ...]]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def exported(rows: QuerySet[Upload], wanted: str) -> HttpResponse:
    """The rows as `csv` (UTF-8 with its mark, `;`) or `xlsx`."""
    table: Table = [tuple(_headings()), *_cells(rows[:MOST])]
    content = _xlsx(table) if wanted == "xlsx" else _csv(table)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if wanted == "xlsx" else "text/csv"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="depots.{wanted}"'
    return response


def _headings() -> list[str]:
    return [
        _("Reçu le"),
        _("Entreprise"),
        _("Fichier"),
        _("Nature"),
        _("Période"),
        _("État"),
        _("Lignes"),
        _("Acceptées"),
        _("Rejetées"),
        _("Déposé le"),
        _("Empreinte SHA-256"),
    ]


def _cells(rows: QuerySet[Upload]) -> Iterator[tuple[str | int, ...]]:
    for upload in rows:
        yield (
            upload.received_at.isoformat(timespec="seconds"),
            upload.enterprise.name,
            upload.name,
            str(kind_of(upload.kind)),
            upload.period,
            str(STATES[upload.state]),
            upload.lines,
            upload.accepted,
            upload.rejected,
            upload.deposited_at.isoformat(timespec="seconds") if upload.deposited_at else "",
            upload.sha256,
        )


def _csv(table: Table) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([[_plain(cell) for cell in row] for row in table])
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: str | int) -> str | int:
    """A name of file that begins like a formula must stay a text when a sheet opens it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _xlsx(table: Table) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("depots")
    for number, row in enumerate(table):
        sheet.write_row(number, 0, row)
    sheet.freeze_panes(1, 0)
    book.close()
    return written.getvalue()
