"""A list proposed: what the last gaps give under the criteria of the day, seen before it goes to a committee."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.steering.gaps.shortage import computed_list, propose_shortage
from minassa.visas.models import ShortageList
from minassa.visas.public import NoShortage, VisaError, list_in_force
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE, done_in
from minassa.web.visas import wording
from minassa.web.visas.public import entry_rows


class ListForm(forms.Form):
    """From when a list holds, and why it is proposed now."""

    effective_on = forms.DateField(
        label=gettext_lazy("Vaut à partir du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ground = forms.CharField(label=gettext_lazy("Pourquoi maintenant"), widget=forms.Textarea(attrs={"rows": 3}))

    def clean_effective_on(self) -> date:
        """A list does not apply to cases deposited before it was proposed."""
        given: date = self.cleaned_data["effective_on"]
        if given < timezone.localdate():
            raise forms.ValidationError(_("Une liste ne vaut pas pour les jours passés."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@page("visa.propose")
def propose_page(request: PageRequest) -> HttpResponse:
    """The list computed now, what it changes, and the form that proposes it."""
    today, home = timezone.localdate(), settings.MINASSA_HOME
    form = ListForm(request.POST if request.method == "POST" else None, initial={"effective_on": today})

    def act() -> None:
        given = form.cleaned_data
        propose_shortage(request.actor, home, given["effective_on"], given["ground"], timezone.now())

    if request.method == "POST" and done_in(form, act, VisaError):
        messages.success(request, _("La liste est proposée : elle attend un ordre du jour du comité de pilotage."))
        return HttpResponseRedirect(reverse("talent-visas"))
    context = {"form": form, "demonstration": settings.MINASSA_DEMONSTRATION, **_computed(today)}
    return render(request, "web/visas/propose.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _computed(today: date) -> dict[str, Any]:
    """The list that would be proposed, and what it adds to that in force and takes from it."""
    try:
        found = computed_list(settings.MINASSA_HOME, today)
    except NoShortage as refused:
        return {"refused": refused.message}
    listed = ShortageList(entries=[dict(one) for one in found.entries], criteria=dict(found.criteria))
    held = list_in_force(today)
    before = {(one["occupation"], one["region"]) for one in held.entries} if held else set()
    rows = [{**one, "new": (one["occupation"], one["region"]) not in before} for one in entry_rows(listed)]
    kept = {(one["occupation"], one["region"]) for one in rows}
    gone = [one for one in entry_rows(held) if (one["occupation"], one["region"]) not in kept] if held else []
    return {
        "entries": rows,
        "gone": gone,
        "held": held,
        "criteria": wording.criterion_rows(found.criteria),
        "run": found.run,
    }
