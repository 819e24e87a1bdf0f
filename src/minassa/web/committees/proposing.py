"""A decision proposed on one thing: the thing itself, then the decision, its ground, the lines left out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.governance.models import Session
from minassa.governance.public import Kinds, Proposed, add_item
from minassa.registry.public import Actor
from minassa.web.access import PageRequest, page
from minassa.web.committees.examining import examined
from minassa.web.committees.forms import ProposeForm
from minassa.web.committees.subjects import the_session
from minassa.web.committees.wording import committee_names
from minassa.web.doing import UNPROCESSABLE, done_in


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is proposed on: a thing of a kind, for a session."""

    session: Session
    kind: str
    subject: str


def the_target(actor: Actor, session: UUID, kind: str, subject: str) -> Target | None:
    """The session of the address with what is to be decided in it; None for a kind that is not known."""
    found = the_session(actor, session)
    return Target(found, kind, subject) if kind in Kinds.all() else None


def session_of_target(target: Target) -> Session:
    """What the policy is asked about."""
    return target.session


@require_http_methods(["GET", "HEAD", "POST"])
@page("session.prepare", subject=the_target, on=session_of_target)
def propose(request: PageRequest, target: Target) -> HttpResponse:
    """The thing, and the form that proposes a decision on it."""
    kind = Kinds.all()[target.kind]
    file = examined(request.actor, target.kind, target.subject)
    if file is None:
        raise Http404
    form = ProposeForm(kind.decisions.items(), request.POST or None)
    if request.method == "POST" and done_in(form, lambda: _add(request, target, form)):
        messages.success(request, _("Le point est à l'ordre du jour."))
        return HttpResponseRedirect(reverse("session-agenda", args=[target.session.uuid]))
    context = {
        "session": target.session,
        "committee": committee_names()[target.session.committee],
        "kind": kind,
        "file": file,
        "form": form,
        "chosen_lines": set(request.POST.getlist("line")),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "web/committees/propose.html", context, status=status)


def _add(request: PageRequest, target: Target, form: ProposeForm) -> None:
    said = form.cleaned_data
    lines = [int(line) for line in request.POST.getlist("line") if line.isdecimal()]
    proposal = {"ground": said["ground"], "lines": lines}
    proposed = Proposed(target.subject, said["decision"], proposal)
    add_item(request.actor, target.session, target.kind, proposed, timezone.now())
