"""Acts on a session from its page: convening, calling off, who comes and goes, opening, closing, sealing."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.governance.models import Membership, Session
from minassa.governance.public import (
    attend,
    cancel,
    close_session,
    convene,
    leave,
    open_session,
    seal,
)
from minassa.vocabulary.errors import MinassaError
from minassa.web import doing
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.committees.one import show_session
from minassa.web.committees.subjects import the_session


def done_or_said(
    request: PageRequest, session: Session, form: str, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do it and come back to the session; when it is refused, its page with the sentence beside the form."""
    return doing.done_or_said(
        request,
        session,
        act,
        done,
        back=lambda: reverse("session", args=[session.uuid]),
        said=lambda error, status: show_session(request, session, failed=form, problem=error.message, status=status),
        family=MinassaError,
    )


@require_POST
@page("session.convene", subject=the_session)
def convene_session(request: PageRequest, session: Session) -> HttpResponse:
    """Convene the committee: the agenda is frozen."""
    return done_or_said(
        request,
        session,
        "convene",
        lambda: convene(request.actor, session, timezone.now(), expected=version_of(request.POST)),
        _("Le comité est convoqué : l'ordre du jour et l'état de chaque dossier sont gelés."),
    )


@require_POST
@page("session.convene", subject=the_session)
def cancel_session(request: PageRequest, session: Session) -> HttpResponse:
    """Call the session off."""
    return done_or_said(
        request,
        session,
        "cancel",
        lambda: cancel(request.actor, session, request.POST.get("reason", "")[:2_000], timezone.now()),
        _("La séance est annulée, ses points sont renvoyés."),
    )


@require_POST
@page("session.attend", subject=the_session)
def note_presence(request: PageRequest, session: Session) -> HttpResponse:
    """A member comes in, or goes out."""
    number = request.POST.get("membership", "")
    try:
        membership = Membership.objects.get(pk=int(number) if number.isdecimal() else 0)
    except (ObjectDoesNotExist, OverflowError) as absent:
        raise Http404 from absent
    came = request.POST.get("act") != "leave"
    return done_or_said(
        request,
        session,
        "presence",
        lambda: (attend if came else leave)(request.actor, session, membership, timezone.now()),
        _("La présence est notée.") if came else _("Le départ est noté."),
    )


@require_POST
@page("session.preside", subject=the_session)
def preside_session(request: PageRequest, session: Session) -> HttpResponse:
    """Open the session, or close it."""
    opens = request.POST.get("act") != "close"
    expected = version_of(request.POST)
    return done_or_said(
        request,
        session,
        "preside",
        lambda: (open_session if opens else close_session)(request.actor, session, timezone.now(), expected=expected),
        _("La séance est ouverte.") if opens else _("La séance est levée : ce qui n'a pas été décidé est renvoyé."),
    )


@require_POST
@page("session.seal", subject=the_session)
def seal_session(request: PageRequest, session: Session) -> HttpResponse:
    """Seal the minutes."""
    return done_or_said(
        request,
        session,
        "seal",
        lambda: seal(request.actor, session, timezone.now()),
        _("Le procès-verbal est scellé : refait, il redonne les mêmes octets."),
    )
