"""What replays found wrong, claim by claim: for those who look after the platform and the committees."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from minassa.claims.models import Incident, Round
from minassa.claims.public import INCIDENTS
from minassa.claims.public import incidents as incidents_for
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page

SHOWN: Final = 200


@require_GET
@page("claim.incidents")
def incidents(request: PageRequest) -> HttpResponse:
    """The incidents, the last found first, and what the last night counted."""
    found = incidents_for(request.actor)
    rows = [told(request, one) for one in found[:SHOWN]]
    context = {"rows": rows, "total": found.count(), "last": last_replay()}
    return render(request, "web/claims/incidents.html", context)


def told(request: PageRequest, incident: Incident) -> dict[str, Any]:
    """An incident in words; `opens`: whether the reader may open its claim."""
    detail = incident.detail
    return {
        "incident": incident,
        "claim": incident.claim,
        "opens": allowed(request.actor, "claim.open", incident.claim),
        "meaning": INCIDENTS.get(incident.kind, incident.kind),
        "compared": detail.get("compared"),
        "differences": detail.get("differences"),
        "code": detail.get("code", ""),
    }


def last_replay() -> Round | None:
    """The last night on which every claim was computed again."""
    return Round.objects.filter(kind="replay").order_by("-pk").first()
