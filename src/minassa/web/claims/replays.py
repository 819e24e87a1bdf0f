"""A claim computed again from what it froze: identical to the centime, or the lines that differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.claims.models import Claim
from minassa.claims.public import ClaimReplay, replay_claim
from minassa.entitlements.amounts import PERSONLESS, person_text
from minassa.offer.loading import load_offer
from minassa.registry.public import require_token
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.claims.one import told
from minassa.web.claims.showing import months_words
from minassa.web.claims.sources import basis_of
from minassa.web.claims.subjects import the_claim

AT_ONCE, SECONDS_EACH = 4, 60.0
"""A whole run is computed again: so many at once on the platform, then one a minute."""
SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that comes out otherwise: what was frozen, what is found now (centimes; None: no such line)."""

    person: str
    months: str
    frozen: int | None
    again: int | None


@require_POST
@page("claim.open", subject=the_claim)
def replay(request: PageRequest, claim: Claim) -> HttpResponse:
    """Compute the claim again and show what comes out."""
    try:
        require_token("claim-replay", "", capacity=AT_ONCE, seconds=SECONDS_EACH)
        outcome = _outcome(claim)
    except MinassaError as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("claim", args=[claim.uuid]))
    if outcome is None:
        messages.warning(
            request, _("Le calcul de cette demande n'est plus sur cette plateforme : il ne peut être refait.")
        )
        return HttpResponseRedirect(reverse("claim", args=[claim.uuid]))
    context = {**told(claim), "outcome": outcome, "differences": _differences(outcome)}
    return render(request, "web/claims/replay.html", context)


def _outcome(claim: Claim) -> ClaimReplay | None:
    basis = basis_of(claim)
    return None if basis is None else replay_claim(claim, basis.run, load_offer(), basis.tables)


def _differences(outcome: ClaimReplay) -> list[Difference]:
    return [
        Difference(
            "" if row["person"] == PERSONLESS else person_text(row["person"]),
            months_words(row["period_start"], row["period_end"] or row["period_end_again"]),
            row["cumulative_cents"],
            row["cumulative_cents_again"],
        )
        for row in outcome.differences.head(SHOWN).iter_rows(named=True)
    ]
