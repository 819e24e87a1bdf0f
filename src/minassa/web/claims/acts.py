"""Acts of a firm on its claim: check it, contest a line, answer a ground. A refusal is said beside its form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.claims.models import Claim, Line
from minassa.claims.public import ClaimError, check, contest, reply
from minassa.web import doing
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.claims.one import show_claim
from minassa.web.claims.subjects import claim_of, the_claim, the_line
from minassa.web.claims.why import show_line


def done_or_said(request: PageRequest, claim: Claim, form: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it and come back to the page of the claim; when it is refused, the page with the sentence beside the form."""
    return doing.done_or_said(
        request,
        claim,
        act,
        done,
        back=lambda: reverse("claim", args=[claim.uuid]),
        said=lambda error, status: show_claim(request, claim, failed=form, error=error, status=status),
        family=ClaimError,
    )


@require_POST
@page("claim.check", subject=the_claim)
def check_claim(request: PageRequest, claim: Claim) -> HttpResponse:
    """Say, in the name of the firm, that the claim was looked at."""
    return done_or_said(
        request,
        claim,
        "check",
        lambda: check(request.actor, claim, timezone.now(), expected=version_of(request.POST)),
        _("La demande est vérifiée : un signataire de l'entreprise peut la signer."),
    )


@require_POST
@page("claim.contest", subject=the_line, on=claim_of)
def contest_line(request: PageRequest, line: Line) -> HttpResponse:
    """Contest a line, with a reason."""
    claim, reason = line.claim, request.POST.get("reason", "")
    return doing.done_or_said(
        request,
        claim,
        lambda: contest(request.actor, claim, line.pk, reason, timezone.now(), expected=version_of(request.POST)),
        _("La ligne est contestée. La demande attend la réponse ; le délai pour signer est prolongé d'autant."),
        back=lambda: reverse("claim", args=[claim.uuid]) + "#contestations",
        said=lambda error, status: show_line(request, line, error=error, status=status),
        family=ClaimError,
    )


@require_POST
@page("claim.reply", subject=the_claim)
def reply_to_ground(request: PageRequest, claim: Claim) -> HttpResponse:
    """Answer the ground on which a cut or a refusal is proposed."""
    text, version = request.POST.get("text", ""), version_of(request.POST)
    return done_or_said(
        request,
        claim,
        "reply",
        lambda: reply(request.actor, claim, text, timezone.now(), expected=version),
        _("Votre réponse est jointe à la demande : ceux qui décident la liront."),
    )
