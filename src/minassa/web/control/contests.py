"""Contests: those that wait for their answer, the nearest deadline first; one of them, with the line it bears on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.claims.models import Contest
from minassa.claims.public import ClaimError, answer
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import deadline
from minassa.web.claims.lines import shown_line
from minassa.web.claims.one import told
from minassa.web.claims.showing import conditions_of, period_words
from minassa.web.control.subjects import the_contest
from minassa.web.doing import UNPROCESSABLE, done_or_said
from minassa.web.listing import PAGE_ROWS, paged, start_of


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


@require_GET
@page("claim.answer", subject=the_contest)
def contest_page(request: PageRequest, contest: Contest) -> HttpResponse:
    """A contest, the line it bears on, and the form to answer it; its claim may not be open to the reader yet."""
    return _shown(request, contest)


def _shown(request: PageRequest, contest: Contest, error: ClaimError | None = None, status: int = 200) -> HttpResponse:
    claim = contest.claim
    context = {
        **told(claim),
        "contest": contest,
        "shown": shown_line(claim, contest.line, {}),
        "conditions": conditions_of(claim, contest.line.unmet),
        "opens": allowed(request.actor, "claim.open", claim),
        "deadline": deadline(contest.answer_by, timezone.now()) if contest.answered_at is None else None,
        "error": error,
        "typed": request.POST,
    }
    return render(request, "web/control/contest.html", context, status=status)


@require_POST
@page("claim.answer", subject=the_contest)
def answer_contest(request: PageRequest, contest: Contest) -> HttpResponse:
    """Answer a contest, with words: it is upheld or not."""
    said, text = request.POST.get("upheld", ""), request.POST.get("text", "")
    if said not in {"oui", "non"}:
        unsaid = ClaimError(_("Choisissez : la contestation est retenue, ou elle est écartée."))
        return _shown(request, contest, unsaid, UNPROCESSABLE)
    return done_or_said(
        request,
        contest,
        lambda: answer(request.actor, contest, text, timezone.now(), upheld=said == "oui"),
        _("La réponse est donnée."),
        back=lambda: reverse("control-contests"),
        said=lambda error, status: _shown(request, contest, error, status),
        family=ClaimError,
    )
