"""The reforms that were kept, with filters in the address, an order, its pages and its exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.reforms.models import Reform
from minassa.reforms.public import reforms_for
from minassa.registry.public import Actor
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.listing import PAGE_ROWS, asked, in_order, instant, paged, start_of
from minassa.web.trials.beside import MOST_TOGETHER

FILTERS: Final = ("q", "de")
SORTS: Final = {"reference": "reference", "name": "name", "revised": "revised_at", "comments": "comment_count"}
MINE: Final = "moi"


@require_safe
@page("reform.read")
def reforms(request: PageRequest) -> HttpResponse:
    """The reforms that were kept, or the same as a file."""
    found = _ordered(_filtered(request.actor, request.GET), request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        return _file(found, request.GET["format"])
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    context = {
        "rows": shown[:PAGE_ROWS],
        "total": found.count(),
        "most_together": MOST_TOGETHER,
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
        **paged(start, shown),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/trials/list.html", context)


def _filtered(actor: Actor, given: Mapping[str, str]) -> QuerySet[Reform]:
    rows, text = reforms_for(actor), given.get("q", "").replace("\x00", "").strip()[:60]
    if text:
        rows = rows.filter(Q(reference__icontains=text) | Q(name__icontains=text))
    return rows.filter(drafted_by=str(actor)) if given.get("de") == MINE else rows


def _ordered(rows: QuerySet[Reform], sort: str) -> QuerySet[Reform]:
    found = in_order(rows, sort, SORTS)
    return rows if found is None else found


def _file(rows: QuerySet[Reform], wanted: str) -> HttpResponse:
    headings = [_("Référence"), _("Réforme"), _("Version"), _("Leviers déplacés"), _("Commentaires"), _("Changée le")]
    return exported("reformes", wanted, headings, _cells(rows))


def _cells(rows: QuerySet[Reform]) -> Iterator[tuple[Cell, ...]]:
    for row in rows[:MOST]:
        levers = ", ".join(f"{code}={value}" for code, value in sorted(row.changes.items()))
        yield (row.reference, row.name, row.number, levers, row.comment_count or 0, instant(row.revised_at))
