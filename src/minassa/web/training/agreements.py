"""Agreements between firms and training bodies: hires promised against cohorts, and what a kept job costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minassa.registry.public import allowed
from minassa.training.public import (
    Followed,
    Promise,
    TrainingError,
    agreements_for,
    cohorts_for,
    followed,
    record_agreement,
)
from minassa.vocabulary.money import CENTIMES_A_DIRHAM
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Amount, Cell, exported
from minassa.web.doing import UNPROCESSABLE, done_in
from minassa.web.listing import PAGE_ROWS, in_order, paged, start_of
from minassa.web.training.forms import AgreementForm

SORTS: Final = {
    "reference": "reference",
    "firm": "enterprise__name",
    "promised": "promised_hires",
    "signed": "signed_on",
}


@require_safe
@page("training.view")
def agreements(request: PageRequest) -> HttpResponse:
    """The agreements beside their cohorts, or the same as a file."""
    rows = agreements_for(request.actor)
    ordered = in_order(rows, request.GET.get("sort", ""), SORTS)
    rows = rows if ordered is None else ordered
    if request.GET.get("format") in FORMATS:
        return exported("accords", request.GET["format"], _headings(), _cells(followed(rows[:MOST])))
    start = start_of(request.GET)
    shown = followed(rows[start : start + PAGE_ROWS + 1])
    context = {
        "rows": shown[:PAGE_ROWS],
        "total": rows.count(),
        "may_agree": allowed(request.actor, "training.agree"),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
        **paged(start, shown),
    }
    return render(request, "web/training/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page("training.agree")
def new_agreement(request: PageRequest) -> HttpResponse:
    """Record an agreement that was signed."""
    form = AgreementForm(request.POST) if request.method == "POST" else AgreementForm()
    form.fields["cohort"].queryset = cohorts_for(request.actor).order_by("cohort")  # type: ignore[attr-defined]

    def act() -> None:
        given = form.cleaned_data
        cost = None if given["cost"] is None else given["cost"] * CENTIMES_A_DIRHAM
        said = {name: given[name] for name in ("enterprise", "kind", "cohort", "promised_hires", "signed_on")}
        record_agreement(request.actor, Promise(**said, cost=cost), timezone.now())

    if request.method == "POST" and done_in(form, act, TrainingError):
        messages.success(request, _("L'accord est enregistré."))
        return HttpResponseRedirect(reverse("training-agreements"))
    return render(request, "web/training/agree.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


def _headings() -> list[str]:
    return [
        *(_("Référence"), _("Entreprise"), _("Cadre"), _("Organisme"), _("Cohorte"), _("Signé le")),
        *(_("Embauches promises"), _("Insérés"), _("Coût"), _("Coût par emploi")),
        *(_("Diplômés suivis à 12 mois"), _("Déclarés à 12 mois"), _("Coût par emploi gardé, au plus")),
    ]


def _cells(rows: list[Followed]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        one = row.agreement
        cost = "" if one.cost is None else Amount(one.cost)
        per_job = "" if row.cost_per_job is None else Amount(row.cost_per_job)
        kept = "" if row.cost_per_kept is None else Amount(row.cost_per_kept)
        yield (
            *(one.reference, one.enterprise.name, str(one.get_kind_display()), one.provider, one.cohort),
            *(one.signed_on.isoformat(), one.promised_hires, "" if row.placed is None else row.placed, cost, per_job),
            *(row.observed, "" if row.kept is None else row.kept, kept),
        )
