"""A hearing: its minutes written point by point, approved by another hand."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.consultations.errors import ConsultationError
from minassa.consultations.models import Hearing
from minassa.consultations.public import approve, hear
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.chain.following import chains_from
from minassa.web.consultations.forms import HearingForm
from minassa.web.consultations.lists import heard_name
from minassa.web.consultations.subjects import the_hearing
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.hold")
def hearing_new(request: PageRequest) -> HttpResponse:
    """Write the minutes of a hearing."""
    form = HearingForm(request.POST if request.method == "POST" else None)
    made: list[Hearing] = []

    def act() -> None:
        given = form.cleaned_data
        told = (given["title"], form.heard(), given["on"], form.written())
        made.append(hear(request.actor, *told, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION))

    if request.method == "POST" and done_in(form, act, ConsultationError):
        return HttpResponseRedirect(reverse("audition", args=[made[0].uuid]))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "web/consultations/hearing_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.hearing", subject=the_hearing)
def hearing_page(request: PageRequest, hearing: Hearing) -> HttpResponse:
    """Read minutes; approve them."""
    if request.method == "POST":
        version = version_of(request.POST)
        done_or_told(
            request,
            lambda: approve(request.actor, hearing, timezone.now(), expected=version),
            _("Le procès-verbal est approuvé."),
            ConsultationError,
        )
        return HttpResponseRedirect(reverse("audition", args=[hearing.uuid]))
    points = list(hearing.points.order_by("rank"))
    context = {
        "hearing": hearing,
        "heard": heard_name(hearing),
        "points": points,
        "approves": not hearing.approved_by and allowed(request.actor, "consultation.hold"),
        "own_hand": hearing.by in request.actor.hands,
        "recommends": bool(hearing.approved_by) and allowed(request.actor, "recommendation.write"),
        "chains": chains_from(request.actor, "hearing", [str(one.uuid) for one in points]),
    }
    return render(request, "web/consultations/hearing.html", context)
