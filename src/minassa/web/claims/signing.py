"""The signature of a claim: what is signed is shown with its digest, which the signer confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.claims.models import Claim, ClaimState
from minassa.claims.public import ClaimError, StaleClaim, is_intact, sign
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.cases.showing import body_names, deadline
from minassa.web.claims.one import told
from minassa.web.claims.subjects import the_claim
from minassa.web.doing import done_or_said
from minassa.web.journaled import hands_of


@require_GET
@page("claim.check", subject=the_claim)
def sign_page(request: PageRequest, claim: Claim) -> HttpResponse:
    """What a signature would bear on, and who may sign."""
    if claim.state != ClaimState.OPEN:
        return HttpResponseRedirect(reverse("claim", args=[claim.uuid]))
    return _shown(request, claim)


def _shown(request: PageRequest, claim: Claim, error: ClaimError | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    checker = hands_of(actor, {claim.checked_by}, body_names())[claim.checked_by] if claim.checked_by else ""
    context = {
        **told(claim),
        "checker": checker,
        "intact": is_intact(claim),
        "deadline": deadline(claim.sign_by, timezone.now()),
        "may_sign": allowed(actor, "claim.sign", claim),
        "error": error,
    }
    return render(request, "web/claims/sign.html", context, status=status)


@require_POST
@page("claim.sign", subject=the_claim)
def sign_claim(request: PageRequest, claim: Claim) -> HttpResponse:
    """Sign, once the signer has confirmed the digest shown."""
    if claim.state != ClaimState.OPEN:
        messages.warning(request, _("Cette demande n'attend plus de signature."))
        return HttpResponseRedirect(reverse("claim", args=[claim.uuid]))

    def signed() -> None:
        _confirm(request, claim)
        sign(request.actor, claim, timezone.now(), expected=version_of(request.POST))

    return done_or_said(
        request,
        claim,
        signed,
        _("La demande est signée. Elle part au contrôle ou à la décision, vous en serez averti."),
        back=lambda: reverse("claim", args=[claim.uuid]),
        said=lambda error, status: _shown(request, claim, error, status),
        family=ClaimError,
    )


def _confirm(request: PageRequest, claim: Claim) -> None:
    """The digest that the person had before their eyes is that of the claim, and they said so."""
    if request.POST.get("digest", "") != claim.content_digest:
        raise StaleClaim(_("L'empreinte affichée n'est plus celle de la demande : relisez-la, puis recommencez."))
    if request.POST.get("sur") != "oui":
        raise ClaimError(_("Rien n'est signé : cochez la case pour confirmer l'empreinte."))
