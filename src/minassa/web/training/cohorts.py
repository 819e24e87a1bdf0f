"""Cohorts as training bodies tell them: filters, order, pages, exports; and the national targets, both of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.registry.public import allowed
from minassa.talent.seats.targets import Target, targets
from minassa.training.models import Cohort
from minassa.training.public import cohorts_for
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.regions import regions
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.listing import PAGE_ROWS, asked, in_order, paged, start_of
from minassa.web.training.naming import PROVIDERS, language, month_text, region_name

FILTERS: Final = ("q", "filiere", "region", "type")
SORTS: Final = {
    "programme": "programme",
    "provider": "provider",
    "region": "region",
    "starts": "starts_month",
    "seats": "seats",
    "graduated": "graduated",
    "placed": "placed",
}
COUNTS: Final = ("seats", "enrolled", "present", "graduated", "dropped_out", "placed")


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort as the page shows it."""

    cohort: Cohort
    kind: str
    region: str
    starts: str
    ends: str


@require_safe
@page("training.view")
def cohorts(request: PageRequest) -> HttpResponse:
    """The cohorts, or the same as a file."""
    found = _filtered(cohorts_for(request.actor), request.GET)
    ordered = in_order(found, request.GET.get("sort", ""), SORTS)
    rows = found.order_by("-starts_month", "programme", "region") if ordered is None else ordered
    if request.GET.get("format") in FORMATS:
        return exported("cohortes", request.GET["format"], _headings(), _cells(rows))
    start = start_of(request.GET)
    shown = list(rows[start : start + PAGE_ROWS + 1])
    context = {
        "rows": [line_of(row) for row in shown[:PAGE_ROWS]],
        "total": found.count(),
        "sums": found.aggregate(**{name: Sum(name) for name in COUNTS}),
        "targets": [_target(one) for one in targets()],
        "filieres": [(one.value, one.label(language())) for one in Filiere if one],
        "regions": [(str(one.number), region_name(one.number)) for one in regions()],
        "kinds": PROVIDERS.items(),
        "may_send": allowed(request.actor, "training.tell"),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
        **paged(start, shown),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/training/cohorts.html", context)


def line_of(cohort: Cohort) -> CohortLine:
    """A cohort in words."""
    return CohortLine(
        cohort=cohort,
        kind=str(PROVIDERS.get(cohort.kind, cohort.kind)),
        region=region_name(cohort.region),
        starts=month_text(cohort.starts_month),
        ends=month_text(cohort.ends_month),
    )


def _target(target: Target) -> dict[str, Any]:
    return {"text": target.text[language()], "target": target}


def _filtered(rows: QuerySet[Cohort], given: Mapping[str, str]) -> QuerySet[Cohort]:
    text = given.get("q", "").replace("\x00", "").strip()[:60]
    if text:
        rows = rows.filter(
            Q(programme__icontains=text)
            | Q(title__icontains=text)
            | Q(provider__icontains=text)
            | Q(cohort__icontains=text)
        )
    for name in ("filiere", "region"):
        if given.get(name, "") in map(str, range(1, 13)):
            rows = rows.filter(**{name: int(given[name])})
    return rows.filter(kind=given["type"]) if given.get("type") in PROVIDERS else rows


def _headings() -> list[str]:
    return [
        *(_("Organisme"), _("Programme"), _("Cohorte"), _("Intitulé"), _("Type"), _("Filière"), _("Région")),
        *(_("Début"), _("Fin"), _("Places"), _("Inscrits"), _("Présents"), _("Diplômés"), _("Abandons"), _("Insérés")),
        _("Source"),
    ]


def _cells(rows: QuerySet[Cohort]) -> Iterator[tuple[Cell, ...]]:
    for row in rows[:MOST]:
        counts = [getattr(row, name) for name in COUNTS]
        yield (
            *(row.provider, row.programme, row.cohort, row.title, str(PROVIDERS.get(row.kind, row.kind))),
            *(Filiere(row.filiere).name, region_name(row.region), month_text(row.starts_month)),
            month_text(row.ends_month),
            *("" if one is None else one for one in counts),
            row.source,
        )
