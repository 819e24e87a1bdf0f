"""Keeps what the levers say: as a new reform, or as the next revision of one. The levers stay in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minassa.offer.loading import load_offer
from minassa.reforms.models import Reform, Revision
from minassa.reforms.public import LONGEST_TEXT, Draft, comment, keep, latest, revise
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told
from minassa.web.trials.asked import Asked, asked
from minassa.web.trials.forms import ReformForm
from minassa.web.trials.subjects import the_reform
from minassa.web.trials.wording import moved

LEVERS: Final = "leviers"
COPY: Final = "copie"
REASONS: Final = "motif"
COPIED: Final = 18
"""Digits of the number of a revision in an address, at most."""


@require_http_methods(["GET", "HEAD", "POST"])
@page("reform.keep")
def new_reform(request: PageRequest) -> HttpResponse:
    """Keep what the levers of the address say, under a name."""
    wanted = _asked(request)
    reasons = request.GET.get(REASONS, "")[:LONGEST_TEXT]
    form = ReformForm(request.POST or None, initial={"name": wanted.name, "reasons": reasons})
    made: list[Reform] = []

    def act() -> None:
        draft = _draft(form, wanted)
        made.append(keep(request.actor, draft, timezone.now(), copied_from=_copied(request)))

    return _answer(request, form, wanted, act, lambda: made[0])


@require_http_methods(["GET", "HEAD", "POST"])
@page("reform.revise", subject=the_reform)
def revise_reform(request: PageRequest, reform: Reform) -> HttpResponse:
    """Keep what the levers of the address say as the next revision of a reform."""
    wanted, last = _asked(request), latest(reform)
    first = {"name": wanted.name or last.name, "reasons": last.reasons, "revision": last.number}
    form = ReformForm(request.POST or None, initial=first)

    def act() -> None:
        read = form.cleaned_data["revision"]
        revise(request.actor, reform, _draft(form, wanted), timezone.now(), expected=read)

    return _answer(request, form, wanted, act, lambda: reform, last)


@require_POST
@page("reform.comment", subject=the_reform)
def comment_reform(request: PageRequest, reform: Reform) -> HttpResponse:
    """Say something of a reform."""
    text = request.POST.get("text", "")
    done_or_told(
        request, lambda: comment(request.actor, reform, text, timezone.now()), _("Votre commentaire est joint.")
    )
    return HttpResponseRedirect(reverse("reform", args=[reform.uuid]) + "#commentaires")


def _asked(request: PageRequest) -> Asked:
    """The levers: in the address when they arrive, in the form when it is sent."""
    sent = QueryDict(request.POST.get(LEVERS, "")) if request.method == "POST" else request.GET
    return asked(sent, load_offer())


def _draft(form: ReformForm, wanted: Asked) -> Draft:
    return Draft(form.cleaned_data["name"], form.cleaned_data["reasons"], wanted.changes)


def _copied(request: PageRequest) -> Revision | None:
    """The revision that the levers were taken from, named in the address; None for none, or one that is not there."""
    text = request.POST.get(COPY, "")
    return Revision.objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < COPIED else None


def _answer(
    request: PageRequest,
    form: ReformForm,
    wanted: Asked,
    act: Callable[[], None],
    made: Callable[[], Reform],
    revised: Revision | None = None,
) -> HttpResponse:
    if request.method == "POST" and done_in(form, act, MinassaError):
        messages.success(request, _("La réforme est enregistrée."))
        return HttpResponseRedirect(reverse("reform", args=[made().uuid]))
    context = {
        "form": form,
        "asked": wanted,
        "revised": revised,
        "moved": moved(load_offer(), wanted.changes),
        "copy": request.POST.get(COPY) or request.GET.get(COPY, ""),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "web/trials/keep.html", context, status=status)
