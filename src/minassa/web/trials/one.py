"""The page of one reform: what it moves, what it changes on the latest run, what is said of it, its revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from minassa.offer.loading import load_offer
from minassa.reforms.models import Comment, Proposal, Reform, Revision
from minassa.reforms.public import stream_of
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import body_names
from minassa.web.journaled import hands_of, lines_of
from minassa.web.trials.asked import Asked
from minassa.web.trials.forms import ProposeForm
from minassa.web.trials.subjects import the_reform
from minassa.web.trials.views import results
from minassa.web.trials.warm import WARM
from minassa.web.trials.wording import gone, moved

JOURNAL: Final[Mapping[str, str | Promise]] = {
    "reform.kept": gettext_lazy("réforme enregistrée"),
    "reform.revised": gettext_lazy("réforme changée"),
    "reform.commented": gettext_lazy("commentaire joint"),
    "reform.proposed": gettext_lazy("réforme proposée au comité"),
    "reform.withdrawn": gettext_lazy("proposition retirée"),
    "reform.rejected": gettext_lazy("réforme rejetée par le comité"),
    "reform.adopted": gettext_lazy("réforme adoptée : une version de l'offre"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and whose hand wrote it, in words."""

    row: Comment
    who: str


@require_safe
@page("reform.read", subject=the_reform)
def reform_page(request: PageRequest, reform: Reform) -> HttpResponse:
    """One reform, as its last revision or the one of the address has it."""
    revisions = list(reform.revisions.order_by("-number"))
    shown = _chosen(revisions, request.GET.get("version", ""))
    trial = WARM.trial(settings.MINASSA_HOME)
    offer = trial.offer if trial is not None else load_offer()
    lost = gone(offer, shown.changes)
    changes = {code: value for code, value in shown.changes.items() if code not in lost}
    wanted = Asked(shown.name, changes)
    proposals = Proposal.objects.filter(revision__reform=reform).select_related("revision", "version").order_by("-pk")
    names, comments = body_names(), list(reform.comments.order_by("pk"))
    hands = hands_of(request.actor, {*(each.by for each in comments), *(each.written_by for each in revisions)}, names)
    context: dict[str, Any] = {
        "reform": reform,
        "revision": shown,
        "last": revisions[0],
        "moved": moved(offer, changes),
        "gone": lost,
        "asked": wanted,
        "again": Asked(shown.name, changes, reform=str(reform.uuid)),
        "trial": trial,
        "kept": True,
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "comments": [Said(each, hands[each.by]) for each in comments],
        "revisions": [(each, hands[each.written_by]) for each in revisions],
        "proposals": list(proposals),
        "form": ProposeForm(),
        "this_month": timezone.localdate(),
        "may_propose": allowed(request.actor, "reform.propose", reform),
        "may_revise": allowed(request.actor, "reform.revise", reform),
        "may_comment": allowed(request.actor, "reform.comment", reform),
        "log": lines_of(request.actor, stream_of(reform.pk), JOURNAL, names),
        **results(trial, wanted),
    }
    return render(request, "web/trials/reform.html", context)


def _chosen(revisions: list[Revision], asked: str) -> Revision:
    """The revision of the address, the last one when it names none; 404 for one that is not there."""
    found = [each for each in revisions if str(each.number) == asked] if asked else revisions[:1]
    if not found:
        raise Http404
    return found[0]
