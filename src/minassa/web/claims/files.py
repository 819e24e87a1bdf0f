"""A claim as files: its workbook."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.claims.models import Claim
from minassa.claims.public import TamperedClaim, workbook
from minassa.web.access import PageRequest, page
from minassa.web.claims.subjects import the_claim

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@page("claim.open", subject=the_claim)
def claim_xlsx(request: PageRequest, claim: Claim) -> HttpResponse:
    """The claim as a workbook, in the language of the page."""
    try:
        content = workbook(request.actor, claim, timezone.now())
    except TamperedClaim as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("claim", args=[claim.uuid]))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{claim.reference}.xlsx"'
    return response
