"""The secretariat prepares a session: when and where, then what is on its agenda, picked from what waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minassa.governance.models import Item, Session
from minassa.governance.public import Proposed, add_item, add_items, prepare, remove_item
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.committees.forms import DerogationForm, MotionForm, SessionForm
from minassa.web.committees.showing import points_of
from minassa.web.committees.subjects import session_of, the_item, the_session
from minassa.web.committees.waiting import waiting_for
from minassa.web.committees.wording import committee_names
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
@page("session.prepare")
def new_session(request: PageRequest) -> HttpResponse:
    """A form for a new session, in preparation."""
    form = SessionForm(committee_names(), request.POST or None, initial={"hour": "10:00"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            session = prepare(request.actor, said["committee"], form.planned_at(), said["place"], timezone.now())
        except MinassaError as refusal:
            form.add_error(None, refusal.message)
        else:
            return HttpResponseRedirect(reverse("session-agenda", args=[session.uuid]))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "web/committees/new.html", {"form": form}, status=status)


@require_GET
@page("session.prepare", subject=the_session)
def agenda(request: PageRequest, session: Session) -> HttpResponse:
    """The agenda of a session in preparation, and what may be put on it."""
    return show_agenda(request, session)


def show_agenda(request: PageRequest, session: Session, *, status: int = 200, **forms: Any) -> HttpResponse:  # noqa: ANN401
    """The page of the agenda, with a form that was refused when there is one."""
    context: dict[str, Any] = {
        "session": session,
        "committee": committee_names()[session.committee],
        "points": points_of(session, (), request.actor),
        "motion": MotionForm(),
        "derogation": DerogationForm(),
        **waiting_for(session),
        **forms,
    }
    return render(request, "web/committees/agenda.html", context, status=status)


@require_POST
@page("session.prepare", subject=the_session)
def add(request: PageRequest, session: Session) -> HttpResponse:
    """Put on the agenda what was chosen in the lists, a motion or a derogation."""
    typed = request.POST.get("form", "")
    if typed == "motion":
        return _add_typed(request, session, "motion", MotionForm(request.POST))
    if typed == "derogation":
        return _add_typed(request, session, "derogation", DerogationForm(request.POST))
    _add_chosen(request, session)
    return HttpResponseRedirect(reverse("session-agenda", args=[session.uuid]))


def _add_chosen(request: PageRequest, session: Session) -> None:
    """Put what was ticked on the agenda, each `kind/subject/decision`: all or none; why not is said afterwards."""
    ticked = [(*each.split("/"), "", "")[:3] for each in request.POST.getlist("chosen")]
    proposed = [(kind, Proposed(subject, decision, {})) for kind, subject, decision in ticked]
    if not proposed:
        messages.warning(request, _("Cochez d'abord ce qui va à l'ordre du jour."))
        return
    try:
        added = len(add_items(request.actor, session, proposed, timezone.now()))
    except MinassaError as refusal:
        messages.error(request, refusal.message)
        return
    said = ngettext("%(count)s point est à l'ordre du jour.", "%(count)s points sont à l'ordre du jour.", added)
    messages.success(request, said % {"count": added})


def _add_typed(request: PageRequest, session: Session, kind: str, form: MotionForm | DerogationForm) -> HttpResponse:
    if done_in(form, lambda: add_item(request.actor, session, kind, form.proposed(), timezone.now())):
        messages.success(request, _("Le point est à l'ordre du jour."))
        return HttpResponseRedirect(reverse("session-agenda", args=[session.uuid]))
    return show_agenda(request, session, status=UNPROCESSABLE, **{kind: form})


@require_POST
@page("session.prepare", subject=the_item, on=session_of)
def remove(request: PageRequest, item: Item) -> HttpResponse:
    """Take an item off the agenda of a session in preparation."""
    done_or_told(
        request,
        lambda: remove_item(request.actor, item, timezone.now()),
        _("Le point n'est plus à l'ordre du jour."),
    )
    return HttpResponseRedirect(reverse("session-agenda", args=[item.session.uuid]))
