"""Acts on a case from its page: message, decision, appeal. A refusal is said beside its form, with what was typed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.onestop.models import Case
from minassa.onestop.public import CaseError, appeal, decide, say
from minassa.web import doing
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.cases.one import show_case
from minassa.web.cases.subjects import the_case


def done_or_said(request: PageRequest, case: Case, form: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it and come back to the page of the case; when it is refused, the page with the sentence beside the form."""
    return doing.done_or_said(
        request,
        case,
        act,
        done,
        back=lambda: reverse("case", args=[case.uuid]),
        said=lambda error, status: show_case(request, case, failed=form, error=error, status=status),
        family=CaseError,
    )


@require_POST
@page("case.message", subject=the_case)
def say_in_case(request: PageRequest, case: Case) -> HttpResponse:
    """Write a message, to all who take part or to one body."""
    posted = request.POST
    text, body = posted.get("text", ""), posted.get("to", "")[:30]
    return done_or_said(
        request,
        case,
        "message",
        lambda: say(request.actor, case, text, body, timezone.now()),
        _("Le message est envoyé."),
    )


@require_POST
@page("case.decide", subject=the_case)
def decide_case(request: PageRequest, case: Case) -> HttpResponse:
    """Accept or refuse."""
    posted = request.POST
    favourable, ground = posted.get("decision", ""), posted.get("ground", "")
    if favourable not in {"oui", "non"}:
        return show_case(
            request,
            case,
            failed="decision",
            error=CaseError(_("Choisissez : accepter ou refuser.")),
            status=doing.UNPROCESSABLE,
        )
    return done_or_said(
        request,
        case,
        "decision",
        lambda: decide(request.actor, case, favourable == "oui", ground, timezone.now(), expected=version_of(posted)),
        _("La décision est prise, l'entreprise et les administrations en sont informées."),
    )


@require_POST
@page("case.appeal", subject=the_case)
def appeal_case(request: PageRequest, case: Case) -> HttpResponse:
    """Appeal a refusal."""
    posted = request.POST
    return done_or_said(
        request,
        case,
        "appeal",
        lambda: appeal(request.actor, case, posted.get("reasons", ""), timezone.now(), expected=version_of(posted)),
        _("Le recours est formé."),
    )
