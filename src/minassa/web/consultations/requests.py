"""A request of a firm: made, read, answered; what became of it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.consultations.errors import ConsultationError
from minassa.consultations.models import FirmRequest, RequestState
from minassa.consultations.public import answer, ask, may_withdraw, withdraw
from minassa.registry.models import Body
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.chain.following import chains_from
from minassa.web.consultations.forms import RequestForm
from minassa.web.consultations.subjects import own_firms, the_request
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_said
from minassa.web.journaled import hands_of


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.list")
def request_new(request: PageRequest) -> HttpResponse:
    """A firm asks or proposes something."""
    firms = own_firms(request.actor)
    if not firms:
        raise Http404
    form = RequestForm(firms, request.POST if request.method == "POST" else None)
    made: list[FirmRequest] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            ask(
                request.actor,
                given["enterprise"],
                given["topic"],
                given["subject"],
                given["said"],
                timezone.now(),
                synthetic=settings.MINASSA_DEMONSTRATION,
            )
        )

    if request.method == "POST" and done_in(form, act, ConsultationError):
        return HttpResponseRedirect(reverse("firm-request", args=[made[0].uuid]))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "web/consultations/request_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page("consultation.request", subject=the_request)
def request_page(request: PageRequest, row: FirmRequest) -> HttpResponse:
    """Read a request; answer it, or take it back."""
    if request.method != "POST":
        return _shown(request, row)
    version = version_of(request.POST)

    def act() -> None:
        if "withdraw" in request.POST:
            withdraw(request.actor, row, timezone.now(), expected=version)
        else:
            answer(request.actor, row, request.POST.get("answer", ""), timezone.now(), expected=version)

    def said(refusal: ConsultationError, status: int) -> HttpResponse:
        return _shown(request, row, refusal, status)

    return done_or_said(
        request,
        row,
        act,
        _("C'est écrit."),
        back=lambda: reverse("firm-request", args=[row.uuid]),
        said=said,
        family=ConsultationError,
    )


def _shown(
    request: PageRequest, row: FirmRequest, refusal: ConsultationError | None = None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    waits = row.state == RequestState.RECEIVED
    names = {one.code: one.name for one in Body.objects.all()}
    context = {
        "row": row,
        "answers": waits and allowed(actor, "consultation.answer", row),
        "withdraws": waits and may_withdraw(actor, row),
        "recommends": row.state != RequestState.WITHDRAWN and allowed(actor, "recommendation.write"),
        "answered_by": hands_of(actor, {row.answered_by}, names)[row.answered_by] if row.answered_by else "",
        "chains": chains_from(actor, "request", [str(row.uuid)]),
        "error": refusal,
        "typed": request.POST.get("answer", "") if refusal else "",
    }
    return render(request, "web/consultations/request.html", context, status=status)
