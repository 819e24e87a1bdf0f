"""The page of a cohort: places told by the training body, insertion measured by declarations."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import allowed
from minassa.training.models import Cohort
from minassa.training.reading import cohort_named, last_outcome
from minassa.vocabulary.periods import last_day
from minassa.web.access import PageRequest, page
from minassa.web.cohorts.showing import horizons_of, row_of
from minassa.web.public.pages import language


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
        "may_tell": allowed(request.actor, "training.tell"),
        "row": row_of(cohort, language()),
        "horizons": horizons_of(outcome),
        "outcome": outcome,
        "until": last_day(outcome.until) if outcome else None,
        "alone": next((one["without_ground"] for one in outcome.horizons), 0) if outcome else 0,
        "told_whereabouts": outcome is not None and outcome.whereabouts["graduates"] >= control().fewest_persons.value,
        "fewest": control().fewest_persons,
    }
    return render(request, "web/cohorts/one.html", context)
