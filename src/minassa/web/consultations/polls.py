"""A poll: opened, answered by each firm, counted once closed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.consultations.errors import ConsultationError
from minassa.consultations.models import Poll
from minassa.consultations.public import Asking, choice_of, counted, is_open, open_poll, vote
from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import allowed
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.chain.following import chains_from
from minassa.web.consultations.forms import OfFirm, PollForm
from minassa.web.consultations.subjects import own_firms, the_poll
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told
from minassa.web.public.pages import language
from minassa.web.surveys.drawing import Bars, bars


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.hold")
def poll_new(request: PageRequest) -> HttpResponse:
    """Put a question to every firm."""
    form = PollForm(request.POST if request.method == "POST" else None)
    made: list[Poll] = []

    def act() -> None:
        given = form.cleaned_data
        titles = {name: given[name] for name in ("fr", "ar", "en")}
        asking = Asking(titles, given["choices"], given["opens_on"], given["closes_on"])
        made.append(open_poll(request.actor, asking, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION))

    if request.method == "POST" and done_in(form, act, ConsultationError):
        return HttpResponseRedirect(reverse("poll", args=[made[0].uuid]))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "web/consultations/poll_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.list", subject=the_poll)
def poll_page(request: PageRequest, poll: Poll) -> HttpResponse:
    """Read a poll and its counts once they may be told; choose for a firm."""
    if request.method == "POST":
        done_or_told(request, lambda: _vote(request, poll), _("Votre choix est noté."), ConsultationError)
        return HttpResponseRedirect(reverse("poll", args=[poll.uuid]))
    now, firms = timezone.now(), [(one, choice_of(poll, one)) for one in own_firms(request.actor)]
    names = {one["code"]: one[language()] for one in poll.choices}
    context: dict[str, Any] = {
        "poll": poll,
        "title": poll.titles[language()],
        "open": is_open(poll, now),
        "coming": timezone.localdate() < poll.opens_on,
        "choices": list(names.items()),
        "firms": firms,
        "chosen": [(one, names[code]) for one, code in firms if code],
        "recommends": allowed(request.actor, "recommendation.write"),
        "fewest": control().fewest_firms,
        "chains": chains_from(request.actor, "poll", [str(poll.uuid)]),
        **_counts(poll),
    }
    return render(request, "web/consultations/poll.html", context)


def _vote(request: PageRequest, poll: Poll) -> None:
    form = OfFirm(own_firms(request.actor), request.POST)
    if not form.is_valid():
        raise ConsultationError(_("Choisissez une entreprise pour laquelle vous pouvez parler."))
    vote(request.actor, poll, form.cleaned_data["enterprise"], request.POST.get("choice", ""), timezone.now())


def _counts(poll: Poll) -> dict[str, Any]:
    found = counted(poll, timezone.now())
    if found is None:
        return {"counted": None}
    rows = [(one[language()], number) for one, number in found.counts]
    return {"counted": found, "rows": rows, "bars": _bars(rows)}


def _bars(rows: list[tuple[str, int | None]]) -> Bars | None:
    """Counts that may be told, drawn; None where one is hidden: a picture with a hole tells little."""
    known = [(name, number) for name, number in rows if number is not None]
    if len(known) < len(rows):
        return None
    shown = [(name, number, number, number, writing.count(number)) for name, number in known]
    return bars([(name, float(a), float(b), float(c), words) for name, a, b, c, words in shown], right_to_left=turned())


def turned() -> bool:
    """Whether the page is read from the right."""
    return language() == "ar"
