"""An event: announced, firms signed up, who came."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.consultations.errors import ConsultationError
from minassa.consultations.meeting import NOTED
from minassa.consultations.models import Attendance, Meeting, Presence
from minassa.consultations.public import Announced, announce, note_presence, sign_up
from minassa.registry.public import allowed, require
from minassa.web.access import PageRequest, page
from minassa.web.chain.following import chains_from
from minassa.web.consultations.forms import MeetingForm, OfFirm
from minassa.web.consultations.lists import meeting_row
from minassa.web.consultations.subjects import own_firms, the_meeting
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.hold")
def meeting_new(request: PageRequest) -> HttpResponse:
    """Announce an event."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    made: list[Meeting] = []

    def act() -> None:
        told = Announced(**form.cleaned_data)
        made.append(announce(request.actor, told, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION))

    if request.method == "POST" and done_in(form, act, ConsultationError):
        return HttpResponseRedirect(reverse("meeting", args=[made[0].uuid]))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "web/consultations/meeting_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.list", subject=the_meeting)
def meeting_page(request: PageRequest, meeting: Meeting) -> HttpResponse:
    """Read an event; sign a firm up, or note who came."""
    if request.method == "POST":
        act = _note if "presence" in request.POST else _sign_up
        done_or_told(request, lambda: act(request, meeting), _("C'est noté."), ConsultationError)
        return HttpResponseRedirect(reverse("meeting", args=[meeting.uuid]))
    holds = allowed(request.actor, "consultation.hold")
    states = dict(meeting.attendances.values_list("enterprise", "state"))
    signed = Attendance.objects.filter(meeting=meeting).exclude(state=Presence.CANCELLED).select_related("enterprise")
    context = {
        **meeting_row(meeting),
        "firms": [(one, states.get(one.pk, "")) for one in own_firms(request.actor)],
        "noted": NOTED,
        "holds": holds,
        "signed": signed.order_by("enterprise__name") if holds else (),
        "due": meeting.on <= timezone.localdate(),
        "recommends": allowed(request.actor, "recommendation.write"),
        "chains": chains_from(request.actor, "meeting", [str(meeting.uuid)]),
    }
    return render(request, "web/consultations/meeting.html", context)


def _sign_up(request: PageRequest, meeting: Meeting) -> None:
    form = OfFirm(own_firms(request.actor), request.POST)
    if not form.is_valid():
        raise ConsultationError(_("Choisissez une entreprise pour laquelle vous pouvez parler."))
    comes = "cancel" not in request.POST
    sign_up(request.actor, meeting, form.cleaned_data["enterprise"], timezone.now(), comes=comes)


def _note(request: PageRequest, meeting: Meeting) -> None:
    require(request.actor, "consultation.hold")
    came = [int(one) for one in request.POST.getlist("came") if one.isdecimal() and len(one) < 10]  # noqa: PLR2004
    note_presence(request.actor, meeting, came, timezone.now())
