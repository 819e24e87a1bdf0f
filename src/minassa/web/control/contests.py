"""Contests that wait for their answer, the nearest deadline first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.claims.models import Contest
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import deadline
from minassa.web.claims.lists import PAGE_ROWS, paged, start_of
from minassa.web.claims.showing import period_words


@require_GET
@page("claim.answer")
def contests(request: PageRequest) -> HttpResponse:
    """The contests to answer."""
    now, start = timezone.now(), start_of(request.GET)
    waiting = Contest.objects.filter(answered_at__isnull=True).select_related("claim__enterprise", "line")
    shown = list(waiting.order_by("answer_by", "pk")[start : start + PAGE_ROWS + 1])
    context = {
        "rows": [
            {
                "contest": one,
                "period": period_words(one.claim.measure, one.claim.period),
                "deadline": deadline(one.answer_by, now),
            }
            for one in shown[:PAGE_ROWS]
        ],
        "total": waiting.count(),
        **paged(start, shown),
    }
    return render(request, "web/control/contests.html", context)
