"""Claims to look at: the riskiest first, each with the reasons that make its score. Nobody is refused by a score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from minassa.claims.models import Claim, ClaimState, Contest
from minassa.claims.public import MEASURES, claims_for, stratum_of
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.claims.one import Reason, reason_of
from minassa.web.claims.showing import STRATA, measure_choices, period_words, status_of
from minassa.web.listing import PAGE_ROWS, asked, paged, start_of

FILTERS: Final = ("etat", "mesure")
STATES: Final = {
    ClaimState.SIGNED: _("Signées, hors contrôle"),
    ClaimState.IN_CONTROL: _("En contrôle"),
    ClaimState.TO_DECIDE: _("À décider"),
    ClaimState.HEARING: _("En phase contradictoire"),
}
"""Where a claim is looked at, in the order of its way."""
SHOWN_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A claim to look at: its score, the stratum of risk, the heaviest reasons, how many contests wait."""

    claim: Claim
    period: str
    status: str
    stratum: str
    reasons: list[Reason]
    contests: int


@require_GET
@page("claim.list")
def queue(request: PageRequest) -> HttpResponse:
    """The queue; who neither controls nor answers is led to the claims that he or she may see."""
    actor = request.actor
    if not is_controller(actor):
        return HttpResponseRedirect(reverse("claims"))
    now, state = timezone.now(), _state(actor, request.GET.get("etat", ""))
    every = claims_for(actor)
    found = _ordered(every.filter(state=state), request.GET.get("mesure", ""))
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    counted = dict(every.filter(state__in=STATES).order_by().values_list("state").annotate(Count("pk")))
    context = {
        "rows": _rows(shown[:PAGE_ROWS], now),
        "total": counted.get(state, 0),
        "states": [(one.value, label, counted.get(one.value, 0)) for one, label in STATES.items()],
        "state": state,
        "measures": measure_choices(MEASURES),
        "may_pass": state == ClaimState.SIGNED and allowed(actor, "claim.pass"),
        "secretary": allowed(actor, "claim.answer"),
        "waiting_contests": Contest.objects.filter(answered_at__isnull=True).count(),
        **paged(start, shown),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/control/queue.html", context)


def is_controller(actor: Actor) -> bool:
    """Whether the actor controls claims, or answers contests and passes claims on."""
    return allowed(actor, "claim.control") or allowed(actor, "claim.answer")


def _state(actor: Actor, asked_state: str) -> ClaimState:
    if asked_state in {state.value for state in STATES}:
        return ClaimState(asked_state)
    return ClaimState.IN_CONTROL if allowed(actor, "claim.control") else ClaimState.SIGNED


def _ordered(rows: QuerySet[Claim], measure: str) -> QuerySet[Claim]:
    rows = rows.filter(measure=measure) if measure in MEASURES else rows
    return rows.order_by("-score", "-total_cents", "pk")


def _rows(claims: list[Claim], now: datetime) -> list[Row]:
    waiting = Contest.objects.filter(claim__in=claims, answered_at__isnull=True).order_by()
    counted = dict(waiting.values_list("claim").annotate(Count("pk")))
    return [
        Row(
            claim,
            period_words(claim.measure, claim.period),
            status_of(claim.status),
            str(STRATA[stratum_of(claim, now)]),
            [reason_of(one) for one in claim.reasons[:SHOWN_REASONS]],
            counted.get(claim.pk, 0),
        )
        for claim in claims
    ]
