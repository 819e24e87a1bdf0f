"""What firms give back: why, how much came back, by which plan; a plan is made here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.models import EnvelopeChange, Recovery
from minassa.ledger.public import (
    Standing,
    parameter,
    plan_instalments,
    plan_of,
    plans_of,
    standing_of,
)
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Amount
from minassa.web.doing import UNPROCESSABLE
from minassa.web.money.acting import done
from minassa.web.money.exports import file
from minassa.web.money.paging import Paging, paged
from minassa.web.money.showing import measure_names, shown, told_parameters
from minassa.web.money.subjects import the_recovery

PAGING: Final = Paging({"number": "pk", "amount": "amount", "left": F("amount") - F("settled")}, default="-number")
_FILTERS: Final = {"dues": Q(settled__lt=F("amount")), "soldees": Q(settled=F("amount"))}


class PlanForm(forms.Form):
    """Monthly instalments: how many, the day of the first."""

    count = forms.IntegerField(label=gettext_lazy("Nombre d'échéances"), min_value=1, max_value=1_200)
    first_on = forms.DateField(
        label=gettext_lazy("Première échéance le"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_first_on(self) -> date:
        """A day to come, and not beyond what a plan may reach."""
        first: date = self.cleaned_data["first_on"]
        today = timezone.localdate()
        if not today <= first <= today.replace(year=today.year + 5, day=1):
            raise forms.ValidationError(_("Choisissez un jour à venir, dans les cinq ans."))
        return first


@require_GET
@page("ledger.view")
def recoveries(request: PageRequest) -> HttpResponse:
    """Every sum to give back, with its next instalment; or the same as a file."""
    asked = request.GET.get("etat", "")
    rows = Recovery.objects.filter(_FILTERS.get(asked, Q())).select_related("enterprise")
    if request.GET.get("format") in FORMATS:
        return file("restitutions", request.GET["format"], _headings(), _cells(rows.order_by("-pk")[:MOST]))
    found, today = paged(rows, PAGING, request.GET), timezone.localdate()
    plans = plans_of(found.rows)
    context = {
        "rows": [
            (one, one.amount - one.settled, _next(standing_of(one, plans.get(one.pk, []), today))) for one in found.rows
        ],
        "page": found,
        "chosen": asked,
        "parameters": told_parameters(
            "recovery_method",
            "recovery_tolerated_months",
            "instalments_at_most",
            "set_off_rate",
            "credit_reestablishment",
        ),
    }
    return shown(request, "recoveries", context)


def _next(standing: list[Standing]) -> Standing | None:
    """The first instalment that is not whole yet; None without plan or once it is kept."""
    return next((one for one in standing if one.left), None)


def _headings() -> list[str]:
    return [_("Numéro"), _("Entreprise"), _("Mesure"), _("Nature"), _("Montant"), _("Rendu"), _("Reste"), _("Motif")]


def _cells(rows: QuerySet[Recovery]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in rows:
        amounts = map(Amount, (one.amount, one.settled, one.amount - one.settled))
        nature = str(one.get_nature_display())
        yield one.number, one.enterprise.name, names.get(one.measure, one.measure), nature, *amounts, one.ground


@require_GET
@page("ledger.view", subject=the_recovery)
def recovery(request: PageRequest, found: Recovery) -> HttpResponse:
    """One sum to give back: its ground, its plan, what came back and how."""
    return _one(request, found, PlanForm())


@require_POST
@page("entitlement.keep", subject=the_recovery)
def recovery_plan(request: PageRequest, found: Recovery) -> HttpResponse:
    """Spread what is left over monthly instalments; the plan replaces the one before."""
    form = PlanForm(request.POST)

    def planned() -> None:
        asked = form.cleaned_data
        plan_instalments(request.actor, found.number, asked["count"], asked["first_on"], timezone.now())

    if done(form, planned):
        messages.success(request, _("Le plan est fait : l'entreprise le voit sur son compte."))
        return redirect("money-recovery", number=found.number)
    return _one(request, found, form, UNPROCESSABLE)


def _restored(found: Recovery) -> int:
    """Centimes of credits that what came back has opened again."""
    rows = EnvelopeChange.objects.filter(kind=EnvelopeChange.Kind.RESTORED, ground=found.number)
    return int(rows.aggregate(n=Sum("amount"))["n"] or 0)


def _one(request: PageRequest, found: Recovery, form: PlanForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    receipts = found.bank_entries.filter(outcome="received").select_related("file").order_by("pk")
    retained = found.retentions.exclude(order__state__in=("proposed", "refused")).select_related("order__batch")
    context = {
        "recovery": found,
        "left": found.amount - found.settled,
        "measure": measure_names().get(found.measure, found.measure),
        "plan": standing_of(found, plan_of(found), today),
        "receipts": list(receipts),
        "retained": list(retained.defer("order__rib").order_by("pk")),
        "form": form if found.due and allowed(request.actor, "entitlement.keep", found) else None,
        "most": parameter("instalments_at_most", today).value,
        "parameters": told_parameters("instalments_at_most", "set_off_rate", "credit_reestablishment"),
        "restored": _restored(found),
    }
    return shown(request, "recovery", context, status)
