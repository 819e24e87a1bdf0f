"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minassa.registry.public import SIGNED_IN
from minassa.web.access import PageRequest, page
from minassa.web.home.sections import sections_for


@require_safe
@page(SIGNED_IN)
def home_page(request: PageRequest) -> HttpResponse:
    """What each of the person's roles asks of them today."""
    return render(request, "web/home/home.html", {"sections": sections_for(request.actor, timezone.now())})
