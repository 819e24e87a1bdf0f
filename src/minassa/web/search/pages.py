"""The page of results."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minassa.web.access import PageRequest, page
from minassa.web.search.finding import MOST, find


@require_safe
@page("search")
def search(request: PageRequest) -> HttpResponseBase:
    """What was found, by group."""
    text = request.GET.get("q", "").strip()[:100]
    return render(request, "web/search/results.html", {"text": text, "found": find(request.actor, text), "most": MOST})
