"""The dated versions of the reference, and what differs between two of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minassa.registry.public import allowed
from minassa.skills.models import Version
from minassa.skills.public import publish, reference_in_force, unpublished, versions
from minassa.talent.reference.changes import Differences, differences
from minassa.web.access import PageRequest, page, public_page
from minassa.web.doing import done_or_told
from minassa.web.navigation import actor_on
from minassa.web.public.pages import keep, shown
from minassa.web.reference.held import RIGHTS


@require_safe
@public_page
def versions_page(request: HttpRequest) -> HttpResponse:
    """Every version; what the one of the address (`a`) changed of the one before (`de`), the last two without them."""
    every = list(versions())
    numbers = [one.number for one in every]
    new = _number(request.GET.get("a", ""), numbers, numbers[0] if numbers else 0)
    old = _number(request.GET.get("de", ""), numbers, new - 1)
    context = {
        "versions": every,
        "old": old,
        "new": new,
        "found": _found(old, new) if old in numbers and new in numbers else None,
        "may_publish": allowed(actor_on(request), "reference.publish"),
        "waiting": len(unpublished()),
        "rights": RIGHTS,
    }
    return keep(request, shown(request, "web/reference/versions.html", context))


@require_POST
@page("reference.publish")
def publish_version(request: PageRequest) -> HttpResponse:
    """Publish the next version, from today on."""
    done_or_told(
        request,
        lambda: publish(request.actor, timezone.localdate(), timezone.now()),
        _("La version est publiée."),
    )
    return HttpResponseRedirect(reverse("reference-versions"))


def _number(text: str, numbers: list[int], otherwise: int) -> int:
    wanted = int(text) if text.isdecimal() and len(text) < 7 else otherwise  # noqa: PLR2004 (no longer number)
    return wanted if wanted in numbers else otherwise


def _found(old: int, new: int) -> Differences | None:
    try:
        return differences(reference_in_force(old), reference_in_force(new))
    except Version.DoesNotExist:
        return None
