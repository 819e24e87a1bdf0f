"""Series and tables of indicators as files: CSV and XLSX for sheets, Parquet for programs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from minassa.web.cases.tables import Amount, Cell
from minassa.web.money.exports import file

FORMATS: Final = ("csv", "xlsx", "parquet")
PARQUET: Final = "application/vnd.apache.parquet"


def taken_away(name: str, wanted: str, headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> HttpResponse:
    """Rows as a file; in Parquet amounts are whole centimes, under a heading that says so. Unknown cells are empty."""
    table = list(rows)
    if wanted != "parquet":
        return file(name, wanted, headings, (["" if cell is None else cell for cell in row] for row in table))
    note = {_("Note"): pl.Series([_("synthétique")] * len(table), dtype=pl.String)}
    columns = {
        _heading(heading, [row[rank] for row in table]): pl.Series([_plain(row[rank]) for row in table], strict=False)
        for rank, heading in enumerate(headings)
    }
    made = pl.DataFrame({**columns, **(note if settings.MINASSA_DEMONSTRATION else {})})
    written = io.BytesIO()
    made.write_parquet(written)
    mark = "-synthetique" if settings.MINASSA_DEMONSTRATION else ""
    response = HttpResponse(written.getvalue(), content_type=PARQUET)
    response["Content-Disposition"] = f'attachment; filename="{name}{mark}.parquet"'
    return response


def _heading(heading: str, cells: Sequence[Cell | None]) -> str:
    return _("%(heading)s (centimes)") % {"heading": heading} if any(isinstance(c, Amount) for c in cells) else heading


def _plain(cell: Cell | None) -> str | int | None:
    return int(cell) if isinstance(cell, int) else cell
