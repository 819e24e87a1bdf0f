"""The catalogue of indicators: each with its last value, its shape, its status; as a file too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Catalogue, Indicator, Unit
from minassa.steering.indicators.reading import Point
from minassa.vocabulary.periods import first_day, format_month
from minassa.vocabulary.statuses import label
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import Amount, Cell
from minassa.web.indicators import wording
from minassa.web.indicators.drawing import spark
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.indicators.filters import filters_of, told
from minassa.web.public.pages import language


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with its last value and its shape; `point` is None where nothing is known under the filters."""

    indicator: Indicator
    point: Point | None
    shape: str

    @property
    def value(self) -> str:
        """The last value as people read it."""
        return wording.shown(self.indicator.unit, self.point.value if self.point else None)

    @property
    def period(self) -> str:
        """The period of the last value."""
        return wording.period_words(self.indicator.frequency, self.point.period) if self.point else ""

    @property
    def last(self) -> tuple[str, str]:
        """Where the small line ends."""
        x, _comma, y = self.shape.rpartition(" ")[2].partition(",")
        return x, y


@require_safe
@page("indicator.view")
def indicators(request: PageRequest) -> HttpResponse:
    """Every indicator, by group; filters are kept in the address."""
    found = board(request.actor, filters_of(request.GET))
    rows = [] if found is None else rows_of(found)
    if request.GET.get("format") in FORMATS:
        return taken_away("indicateurs", request.GET["format"], _headings(), list(_cells(rows)))
    context = {**told(request.GET), **told_run(found), "groups": _groups(rows), "formats": FORMATS}
    return render(request, "web/indicators/listing.html", context)


def rows_of(found: Board) -> list[Row]:
    """The indicators in the order of the catalogue."""
    rows = []
    for one in Catalogue.all().values():
        points = found.points(one)
        rows.append(Row(one, points[-1] if points else None, spark(points)))
    return rows


def told_run(found: Board | None) -> dict[str, Any]:
    """The run that everything was read from, in words."""
    if found is None:
        return {"run": None}
    manifest = found.run.manifest
    return {
        "run": found.run.path.name,
        "until": first_day(found.run.until),
        "offer_digest": str(manifest["offer"]["digest"])[:12],
        "versions": sorted(manifest["versions"].items()),
        "code": manifest["code"],
    }


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    order = list(wording.GROUPS)
    ordered = sorted(rows, key=lambda row: order.index(row.indicator.group))
    return [
        (str(wording.GROUPS[name]), list(some)) for name, some in groupby(ordered, key=lambda row: row.indicator.group)
    ]


def _headings() -> list[str]:
    return [_("Code"), _("Indicateur"), _("Période"), _("Valeur"), _("Unité"), _("Statut"), _("Définition")]


def _cells(rows: list[Row]) -> Iterator[tuple[Cell | None, ...]]:
    for row in rows:
        one, point = row.indicator, row.point
        period = format_month(point.period) if point else ""
        status = label(point.status if point else one.status, language())
        value = cell(one.unit, point.value) if point else None
        yield one.code, str(one.label), period, value, str(wording.UNITS[one.unit]), status, str(one.definition)


def cell(unit: Unit, value: int | None) -> Cell | None:
    """A value as a file holds it: centimes become dirhams where sheets are made."""
    return Amount(value) if unit == Unit.CENTS and value is not None else value
