"""The conventions that a person may see, with filters in the address, an order, its pages and its exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.conventions.models import Convention, ConventionState, MeasureStatus
from minassa.conventions.public import conventions_for, measures_of
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.claims.lists import asked, paged, start_of
from minassa.web.conventions.showing import terms_now, worst_first

PAGE_ROWS: Final = 50
FILTERS: Final = ("etat", "reference")
SORTS: Final = {
    "reference": "reference",
    "enterprise": "enterprise__name",
    "state": "state",
    "end": "ends_on",
    "drafted": "drafted_at",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A convention of the list: how many commitments it has, how many stand in each status, the one that tells most."""

    convention: Convention
    commitments: int
    late: int
    met: int
    status: str


@require_GET
@page("convention.list")
def conventions(request: PageRequest) -> HttpResponse:
    """The conventions that the person may see, or the same as a file."""
    today = timezone.localdate()
    found = _ordered(_filtered(conventions_for(request.actor), request.GET), request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        return _file(found, request.GET["format"], today)
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    context = {
        "rows": [_row(one, today) for one in shown[:PAGE_ROWS]],
        "total": found.count(),
        "states": [(state.value, state.label) for state in ConventionState],
        "firm": bool(request.actor.mandates),
        "may_draft": allowed(request.actor, "convention.draft"),
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
        **paged(start, shown, PAGE_ROWS),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/conventions/list.html", context)


def _filtered(rows: QuerySet[Convention], given: Mapping[str, str]) -> QuerySet[Convention]:
    state, reference = given.get("etat", ""), given.get("reference", "").replace("\x00", "").strip()[:30]
    if state in ConventionState.values:
        rows = rows.filter(state=state)
    return rows.filter(reference__icontains=reference) if reference else rows


def _ordered(rows: QuerySet[Convention], sort: str) -> QuerySet[Convention]:
    column = SORTS.get(sort.removeprefix("-"))
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "-pk") if column else rows


def _row(convention: Convention, today: date) -> Row:
    last = {row.number: row for row in measures_of(convention)}
    statuses = [str(row.status) for row in last.values()]
    late = sum(status in {MeasureStatus.LATE, MeasureStatus.MISSED} for status in statuses)
    count = len(terms_now(convention, today).commitments)
    return Row(convention, count, late, statuses.count(MeasureStatus.MET), worst_first(last.values()))


def _file(rows: QuerySet[Convention], wanted: str, today: date) -> HttpResponse:
    headings = [
        _("Référence"),
        _("Entreprise"),
        _("État"),
        _("Fin"),
        _("Engagements"),
        _("En retard ou non tenus"),
        _("Tenus"),
    ]
    return exported("conventions", wanted, headings, _cells(rows, today))


def _cells(rows: QuerySet[Convention], today: date) -> Iterator[tuple[Cell, ...]]:
    for convention in rows[:MOST]:
        row = _row(convention, today)
        state, end = str(convention.get_state_display()), convention.ends_on.isoformat()
        name = convention.enterprise.name
        yield (convention.reference, name, state, end, row.commitments, row.late, row.met)
