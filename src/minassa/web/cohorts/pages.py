"""The list of cohorts and the page of one: places told by the training body, insertion measured by declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import allowed
from minassa.training.models import Cohort, Outcome
from minassa.training.reading import cohort_named, cohorts, last_outcome, last_outcomes
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import last_day
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, exported
from minassa.web.cohorts.showing import Row, cells_of, horizons_of, row_of
from minassa.web.listing import PAGE_ROWS, asked, in_order, paged, start_of
from minassa.web.public.pages import language

FILTERS: Final = ("filiere", "organisme")
SORTS: Final = {"cohort": "cohort", "provider": "provider", "end": "ends_month", "seats": "seats"}


@require_GET
@page("training.view")
def cohort_list(request: PageRequest) -> HttpResponse:
    """Every cohort told, with its insertion at a year; or the same as a file."""
    found = _ordered(_filtered(cohorts(), request.GET), request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        return exported("cohortes", request.GET["format"], _headings(), map(cells_of, _rows(list(found))))
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    context = {
        "rows": _rows(shown[:PAGE_ROWS]),
        "total": found.count(),
        "filieres": [(str(int(one)), one.label(language())) for one in Filiere if one],
        "may_tell": allowed(request.actor, "training.tell"),
        "fewest": control().fewest_persons.value,
        "synthetic_rows": any(one.roll.synthetic for one in shown),
        **paged(start, shown),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/cohorts/list.html", context)


def _filtered(rows: QuerySet[Cohort], given: Mapping[str, str]) -> QuerySet[Cohort]:
    filiere, provider = given.get("filiere", ""), given.get("organisme", "").replace("\x00", "").strip()[:40]
    if filiere in {str(int(one)) for one in Filiere}:
        rows = rows.filter(filiere=int(filiere))
    return rows.filter(provider__icontains=provider) if provider else rows


def _ordered(rows: QuerySet[Cohort], sort: str) -> QuerySet[Cohort]:
    found = in_order(rows, sort, SORTS)
    return rows if found is None else found


def _rows(shown: list[Cohort]) -> list[Row]:
    said: dict[tuple[str, str, str], Outcome] = last_outcomes()
    return [row_of(one, said.get((one.provider, one.programme, one.cohort)), language()) for one in shown]


def _headings() -> tuple[str, ...]:
    return (
        *(_("Organisme"), _("Programme"), _("Cohorte"), _("Intitulé"), _("Région"), _("Début"), _("Fin")),
        *(_("Places"), _("Inscrits"), _("Présents"), _("Diplômés"), _("Abandons"), _("Insérés selon l'organisme")),
        *(_("Observés à 12 mois"), _("En emploi à 12 mois"), _("Dans le métier à 12 mois"), _("Source")),
    )


def _named(_actor: object, provider: str, programme: str, cohort: str) -> Cohort:
    found = cohort_named(provider, programme, cohort)
    if found is None:
        raise Http404
    return found


@require_GET
@page("training.view", subject=_named, on=lambda _cohort: None)
def cohort_page(request: PageRequest, cohort: Cohort) -> HttpResponse:
    """What the training body tells of a cohort, and what declarations say of its graduates."""
    outcome = last_outcome(cohort)
    context = {
        "row": row_of(cohort, outcome, language()),
        "horizons": horizons_of(outcome),
        "outcome": outcome,
        "until": last_day(outcome.until) if outcome else None,
        "alone": next((one["without_ground"] for one in outcome.horizons), 0) if outcome else 0,
        "told_whereabouts": outcome is not None and outcome.whereabouts["graduates"] >= control().fewest_persons.value,
        "fewest": control().fewest_persons,
    }
    return render(request, "web/cohorts/one.html", context)
