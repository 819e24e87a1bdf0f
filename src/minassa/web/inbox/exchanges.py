"""Messages to the systems of bodies that were given up, or delivered and lost, to be sent again; workers that run."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from minassa.delays.zone import ZONE
from minassa.onestop.models import OutboxMessage
from minassa.onestop.outbox import dead_letters, resend
from minassa.onestop.public import CaseError, replay
from minassa.onestop.worker import workers_alive
from minassa.registry.models import Body
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import body_names


def _any_message(actor: Actor) -> OutboxMessage:
    """A message to the body that the actor supervises, if any: who may send such a one again may see the list."""
    return OutboxMessage(destination=min(actor.bodies("supervisor"), default=""))


def _the_message(_actor: Actor, message: UUID) -> OutboxMessage:
    return OutboxMessage.objects.get(message_id=message)


@require_GET
@page("message.resend", subject=_any_message)
def dead(request: PageRequest, _sample: OutboxMessage) -> HttpResponse:
    """Messages given up that the reader may send again; workers alive."""
    now: datetime = timezone.now()
    found = [message for message in dead_letters() if allowed(request.actor, "message.resend", message)]
    names = body_names()
    context = {
        "rows": [(message, names.get(message.destination, message.destination)) for message in found],
        "systems": [
            body for body in Body.objects.exclude(endpoint="") if allowed(request.actor, "message.replay", body.code)
        ],
        "workers": workers_alive(now),
        "pending": OutboxMessage.objects.filter(delivered_at__isnull=True, dead_at__isnull=True).count(),
    }
    return render(request, "web/inbox/dead.html", context)


@require_POST
@page("message.resend", subject=_the_message)
def send_again(request: PageRequest, message: OutboxMessage) -> HttpResponse:
    """Send one message again, under the same number."""
    try:
        resend(request.actor, message.message_id, timezone.now())
        messages.success(request, _("Le message repart sous le même numéro."))
    except CaseError as error:
        messages.error(request, error.message)
    return HttpResponseRedirect(reverse("dead-letters"))


def _the_destination(_actor: Actor, body: str) -> str:
    return Body.objects.get(code=body).code


@require_POST
@page("message.replay", subject=_the_destination)
def send_all_again(request: PageRequest, destination: str) -> HttpResponse:
    """Send again what was delivered to one body since an instant, in the time of Morocco."""
    try:
        since = datetime.fromisoformat(request.POST.get("since", "")).replace(tzinfo=ZONE)
        count = replay(request.actor, destination, timezone.now(), since=since)
        told = ngettext("%(count)s message repart.", "%(count)s messages repartent.", count)
        messages.success(request, told % {"count": count})
    except ValueError:
        messages.error(request, _("Indiquez une date et une heure."))
    return HttpResponseRedirect(reverse("dead-letters"))
