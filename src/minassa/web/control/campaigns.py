"""Campaigns of control: a list committed beforehand, a seed that comes later from elsewhere, a draw, its history."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from minassa.claims.models import Claim, ClaimState, Draw
from minassa.claims.public import ClaimError, commit_draw, draw_controls
from minassa.web.access import PageRequest, page
from minassa.web.control.draws import summary_of
from minassa.web.control.subjects import the_draw
from minassa.web.doing import UNPROCESSABLE

MOST: Final = 100
A_PERCENT: Final = 100


class CommitForm(forms.Form):
    """A draw to come: its name, how many of each stratum, where its seed will come from, not before when."""

    name = forms.CharField(label=gettext_lazy("Nom du tirage"), max_length=80)
    high = forms.IntegerField(label=gettext_lazy("Risque élevé : part contrôlée (%)"), min_value=0, max_value=100)
    medium = forms.IntegerField(label=gettext_lazy("Risque moyen : part contrôlée (%)"), min_value=0, max_value=100)
    low = forms.IntegerField(label=gettext_lazy("Risque faible : part contrôlée (%)"), min_value=0, max_value=100)
    seed_source = forms.CharField(
        label=gettext_lazy("Événement public qui donnera la graine"),
        help_text=gettext_lazy(
            "Par exemple : le tirage d'une loterie nationale, un jour à venir. Personne ne le choisit."
        ),
        max_length=200,
    )
    seed_not_before = forms.DateTimeField(
        label=gettext_lazy("Pas avant le"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


STARTING: Final = {"high": 100, "medium": 30, "low": 5}
"""Shares proposed in the form, in percent; the secretariat chooses."""


@require_http_methods(["GET", "HEAD", "POST"])
@page("claim.draw")
def campaigns(request: PageRequest) -> HttpResponse:
    """The history of draws, and the form that commits the next one."""
    form = CommitForm(request.POST or None, initial=STARTING)
    error: ClaimError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            draw = _committed(request, form.cleaned_data)
        except ClaimError as refusal:
            error = refusal
        else:
            messages.success(request, _("La liste est engagée et publiée : plus rien n'y change."))
            return HttpResponseRedirect(reverse("draw", args=[draw.uuid]))
    status = UNPROCESSABLE if error or form.errors else 200
    context = {
        "form": form,
        "error": error,
        "draws": [summary_of(one) for one in Draw.objects.order_by("-committed_at")[:MOST]],
        "waiting": Claim.objects.filter(state=ClaimState.SIGNED).count(),
    }
    return render(request, "web/control/campaigns.html", context, status=status)


def _committed(request: PageRequest, told: dict[str, Any]) -> Draw:
    rates = {name: told[name] * A_PERCENT for name in STARTING}
    return commit_draw(request.actor, told["name"], rates, told["seed_source"], told["seed_not_before"], timezone.now())


@require_POST
@page("claim.draw", subject=the_draw)
def draw_now(request: PageRequest, draw: Draw) -> HttpResponse:
    """Draw with the seed that came."""
    try:
        draw_controls(request.actor, draw, request.POST.get("seed", "").replace("\x00", "")[:200], timezone.now())
        messages.success(request, _("Le tirage est fait : les demandes tirées sont en contrôle."))
    except ClaimError as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(reverse("draw", args=[draw.uuid]))
