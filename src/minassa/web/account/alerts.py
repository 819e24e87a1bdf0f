"""Whether one is told of alerts by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.steering.indicators.letters import READS, subscribe
from minassa.web.access import PageRequest, page


@require_POST
@page(READS)
def alerts(request: PageRequest) -> HttpResponseBase:
    """Want letters at each crossing, or no more."""
    wanted = request.POST.get("voulu") == "oui"
    subscribe(request.actor, timezone.now(), wanted=wanted)
    said = (
        _("Vous recevrez les alertes par courriel.") if wanted else _("Vous ne recevrez plus d'alertes par courriel.")
    )
    messages.success(request, said)
    return redirect("account-home")
