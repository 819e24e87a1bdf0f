"""The conventions that a person may see, with filters in the address, an order, its pages and its exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.conventions.models import Convention, ConventionState, Measure, MeasureStatus
from minassa.conventions.public import commitment_counts, conventions_for, last_measures
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.conventions.showing import worst_first
from minassa.web.listing import PAGE_ROWS, asked, in_order, paged, start_of

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
        "rows": _rows(shown[:PAGE_ROWS], today),
        "total": found.count(),
        "states": [(state.value, state.label) for state in ConventionState],
        "firm": bool(request.actor.mandates),
        "may_draft": allowed(request.actor, "convention.draft"),
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
        **paged(start, shown),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/conventions/list.html", context)


def _filtered(rows: QuerySet[Convention], given: Mapping[str, str]) -> QuerySet[Convention]:
    state, reference = given.get("etat", ""), given.get("reference", "").replace("\x00", "").strip()[:30]
    if state in ConventionState.values:
        rows = rows.filter(state=state)
    return rows.filter(reference__icontains=reference) if reference else rows


def _ordered(rows: QuerySet[Convention], sort: str) -> QuerySet[Convention]:
    found = in_order(rows, sort, SORTS)
    return rows if found is None else found


def _rows(conventions: Sequence[Convention], today: date) -> list[Row]:
    """Conventions as the list shows them, read together."""
    counts, last = commitment_counts(conventions, today), last_measures(conventions)
    return [_row(one, counts[one.pk], last[one.pk]) for one in conventions]


def _row(convention: Convention, count: int, last: list[Measure]) -> Row:
    statuses = [str(row.status) for row in last]
    late = sum(status in {MeasureStatus.LATE, MeasureStatus.MISSED} for status in statuses)
    return Row(convention, count, late, statuses.count(MeasureStatus.MET), worst_first(last))


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
    for row in _rows(list(rows[:MOST]), today):
        convention = row.convention
        state, end = str(convention.get_state_display()), convention.ends_on.isoformat()
        name = convention.enterprise.name
        yield (convention.reference, name, state, end, row.commitments, row.late, row.met)
