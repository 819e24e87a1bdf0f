"""The page of the pivot: its address is the question; the same table as CSV, XLSX, Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import allowed
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.pivot import ALL, Crossed, crossed
from minassa.vocabulary.periods import format_month
from minassa.web.access import PageRequest, page
from minassa.web.analysis.asked import Asked, asked, dimension_words, measures_offered, value_words
from minassa.web.cases.tables import Cell
from minassa.web.claims.showing import month_words
from minassa.web.indicators import wording
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.indicators.filters import filters_of, told
from minassa.web.indicators.listing import cell, told_run

PAGE: Final = "web/analysis/page.html"


@require_safe
@page("indicator.view")
def pivot(request: PageRequest) -> HttpResponse:
    """An indicator crossed as the address asks, or the same as a file."""
    found = board(request.actor, filters_of(request.GET))
    if found is None:
        return render(request, PAGE, {**told_run(found)})
    wanted = asked(request.GET, found.run.until)
    table = _crossed(found, wanted, wanted.period)
    beside = _crossed(found, wanted, wanted.beside) if wanted.beside is not None else None
    kind = request.GET.get("format", "")
    if kind in FORMATS:
        return taken_away(
            f"analyse-{wanted.measure.code}", kind, _headings(wanted), list(_cells(wanted, table, beside))
        )
    context = {
        **told(request.GET),
        **told_run(found),
        **_shown(wanted, table, beside),
        "formats": FORMATS,
        "permanent": request.build_absolute_uri(),
        "sees_persons": allowed(request.actor, "indicator.lines"),
        "fewest": control().fewest_persons,
    }
    return render(request, PAGE, context)


def _crossed(found: Board, wanted: Asked, period: int) -> Crossed:
    sees = allowed(found.actor, "indicator.lines")
    return crossed(found.cube, wanted.measure, found.filters, period, wanted.by, sees_persons=sees)


def _shown(wanted: Asked, table: Crossed, beside: Crossed | None) -> dict[str, Any]:
    """The table in words: a row for each value, then the margin."""
    words = dimension_words()
    columns = [*table.columns, ALL] if wanted.columns else [ALL]
    lines = [*table.rows, *([] if wanted.rows == "annee" else [ALL])]
    return {
        "asked_for": wanted,
        "measures": [(code, str(one.label)) for code, one in measures_offered().items()],
        "dimensions": list(words.items()),
        "row_word": words[wanted.rows],
        "columns": [value_words(wanted.columns, one) for one in columns] if wanted.columns else [wanted.measure.label],
        "lines": [
            (value_words(wanted.rows, row), row == ALL, [_cell(wanted, table, beside, row, one) for one in columns])
            for row in lines
        ],
        "period": month_words(wanted.period),
        "beside": month_words(wanted.beside) if wanted.beside is not None else "",
        "end_text": format_month(wanted.period),
        "beside_text": format_month(wanted.beside) if wanted.beside is not None else "",
        "hides": bool(table.hidden),
        "status": table.status,
    }


def _cell(wanted: Asked, table: Crossed, beside: Crossed | None, row: int, column: int) -> dict[str, Any]:
    """A cell: its value, and the change from the other period where both are told."""
    unit, key = wanted.measure.unit, _key(wanted, row, column)
    now, then = table.value(*key), beside.value(*key) if beside is not None else None
    return {
        "value": wording.shown(unit, now),
        "hidden": key in table.hidden,
        "change": wording.shown(unit, now - then) if now is not None and then is not None else "",
        "rises": now is not None and then is not None and now > then,
    }


def _key(wanted: Asked, row: int, column: int) -> tuple[int, int]:
    return (row, column if wanted.columns else ALL)


def _headings(wanted: Asked) -> list[str]:
    words = dimension_words()
    names = [words[wanted.rows], *([words[wanted.columns]] if wanted.columns else [])]
    value = f"{wanted.measure.label}, {format_month(wanted.period)}"
    others = [f"{wanted.measure.label}, {format_month(wanted.beside)}", _("Différence")] if wanted.beside else []
    return [*names, value, *others]


def _cells(wanted: Asked, table: Crossed, beside: Crossed | None) -> Iterator[tuple[Cell | None, ...]]:
    unit = wanted.measure.unit
    for row in [*table.rows, *([] if wanted.rows == "annee" else [ALL])]:
        for column in [*table.columns, ALL] if wanted.columns else [ALL]:
            names = [value_words(wanted.rows, row), *([value_words(wanted.columns, column)] if wanted.columns else [])]
            now = table.value(row, column)
            then = beside.value(row, column) if beside is not None else None
            change = now - then if now is not None and then is not None else None
            others = [cell(unit, then), cell(unit, change)] if beside is not None else []
            yield (*names, cell(unit, now), *others)
