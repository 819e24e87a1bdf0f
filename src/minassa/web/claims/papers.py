"""The PDF of a claim, sealed by the platform."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.models import Claim
from minassa.claims.public import TamperedClaim
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.claims.paper import claim_document
from minassa.web.claims.subjects import the_claim
from minassa.web.documents import seal


@require_GET
@page("claim.open", subject=the_claim)
def claim_pdf(request: PageRequest, claim: Claim) -> HttpResponse:
    """The claim on paper, sealed; back to its page, told why, when its content is no longer as frozen."""
    try:
        made = claim_document(request.actor, claim, language())
    except TamperedClaim as refusal:
        messages.error(request, refusal.message)
        return redirect("claim", claim.uuid)
    sealed = seal(made, _("Demande d'avantage"), claim.touched_at)
    response = HttpResponse(sealed, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="demande-{claim.reference}.pdf"'
    return response
