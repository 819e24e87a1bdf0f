"""A recommendation is written down from what the field said; put to a committee, or given up."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minassa.commitments.errors import CommitmentError
from minassa.commitments.models import Recommendation
from minassa.commitments.public import Origin, draft, give_up, propose
from minassa.registry.public import Actor
from minassa.web.access import PageRequest, page
from minassa.web.chain.origins import Told, asked_origins, told_origin
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told
from minassa.web.recommendations.forms import RecommendationForm
from minassa.web.recommendations.subjects import the_recommendation


@require_http_methods(["GET", "HEAD", "POST"])
@page("recommendation.write")
def recommendation_draft(request: PageRequest) -> HttpResponse:
    """Write a recommendation; `origin=kind:number`, as often as needed, says where it comes from."""
    given = request.POST if request.method == "POST" else request.GET
    told = _told(request.actor, given.getlist("origin"))
    form = RecommendationForm(request.POST if request.method == "POST" else None)
    made: list[Recommendation] = []

    def act() -> None:
        origins = [Origin(one.kind, one.number) for one in told]
        wanted = form.wanted()
        made.append(draft(request.actor, wanted, origins, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION))

    if request.method == "POST" and done_in(form, act, CommitmentError):
        return HttpResponseRedirect(reverse("recommendation", args=[made[0].uuid]))
    context = {"form": form, "origins": told}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "web/recommendations/draft.html", context, status=status)


def _told(actor: Actor, given: list[str]) -> list[Told]:
    """The origins of an address or a form, once each: what the writer may read and that stands, nothing guessed."""
    found = [told_origin(actor, one) for one in asked_origins(given)]
    # An address may write one number in several ways: what is told of it bears but one.
    return list({(one.kind, one.number): one for one in found if one is not None and one.stands}.values())


@require_POST
@page("recommendation.propose", subject=the_recommendation)
def recommendation_propose(request: PageRequest, row: Recommendation) -> HttpResponse:
    """Put a recommendation to a committee, or give it up."""
    if "give_up" in request.POST:
        done_or_told(
            request, lambda: give_up(request.actor, row, timezone.now()), _("Elle est abandonnée."), CommitmentError
        )
    else:
        said = _("Elle attend une séance : le secrétariat la met à un ordre du jour.")
        done_or_told(request, lambda: propose(request.actor, row, timezone.now()), said, CommitmentError)
    return HttpResponseRedirect(reverse("recommendation", args=[row.uuid]))
