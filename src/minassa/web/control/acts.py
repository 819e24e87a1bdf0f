"""Acts on a claim that is signed: pass it on, end its control, propose a cut, let a held line be paid."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minassa.claims.models import Claim
from minassa.claims.public import ClaimError, claims_for, clear, conclude, pass_on, propose
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.claims.acts import done_or_said
from minassa.web.claims.subjects import the_claim

MOST_TOGETHER = 200


@require_POST
@page("claim.pass", subject=the_claim)
def pass_claim(request: PageRequest, claim: Claim) -> HttpResponse:
    """Send a signed claim that no draw took to those who decide."""
    version = version_of(request.POST)
    return done_or_said(
        request,
        claim,
        "pass",
        lambda: pass_on(request.actor, claim, timezone.now(), expected=version),
        _("La demande est transmise à ceux qui décident."),
    )


@require_POST
@page("claim.pass")
def pass_together(request: PageRequest) -> HttpResponse:
    """Send several claims on at once; each is an act of its own, and those that cannot go are told."""
    chosen = [text for text in request.POST.getlist("claim") if len(text) == 36][:MOST_TOGETHER]  # noqa: PLR2004
    passed, refused = 0, 0
    for claim in claims_for(request.actor).filter(uuid__in=[text for text in chosen if _is_uuid(text)]):
        try:
            pass_on(request.actor, claim, timezone.now())
            passed += 1
        except ClaimError:
            refused += 1
    if passed:
        said = ngettext("%(number)s demande est transmise.", "%(number)s demandes sont transmises.", passed)
        messages.success(request, said % {"number": passed})
    if refused:
        said = ngettext("%(number)s demande n'a pas pu l'être.", "%(number)s demandes n'ont pas pu l'être.", refused)
        messages.warning(request, said % {"number": refused})
    if not passed and not refused:
        messages.warning(request, _("Choisissez au moins une demande."))
    return HttpResponseRedirect(reverse("control"))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
@page("claim.control", subject=the_claim)
def conclude_control(request: PageRequest, claim: Claim) -> HttpResponse:
    """End a control of documents, with what was found."""
    findings, version = request.POST.get("findings", ""), version_of(request.POST)
    return done_or_said(
        request,
        claim,
        "conclude",
        lambda: conclude(request.actor, claim, findings, timezone.now(), expected=version),
        _("Le contrôle est terminé : ce qui a été trouvé est joint à la demande, qui part à la décision."),
    )


@require_POST
@page("claim.clear", subject=the_claim)
def clear_lines(request: PageRequest, claim: Claim) -> HttpResponse:
    """Let lines that their checks hold be paid, on a ground."""
    lines = [int(text) for text in request.POST.getlist("line") if text.isdecimal() and len(text) < 18]  # noqa: PLR2004
    ground, version = request.POST.get("ground", ""), version_of(request.POST)
    return done_or_said(
        request,
        claim,
        "clear",
        lambda: clear(request.actor, claim, lines, ground, timezone.now(), expected=version),
        _("Les lignes choisies ne sont plus retenues."),
    )


@require_POST
@page("claim.propose", subject=the_claim)
def propose_cut(request: PageRequest, claim: Claim) -> HttpResponse:
    """Propose a cut or a refusal, on a ground: the firm is heard before anything is decided."""
    ground, version = request.POST.get("ground", ""), version_of(request.POST)
    return done_or_said(
        request,
        claim,
        "propose",
        lambda: propose(request.actor, claim, ground, timezone.now(), expected=version),
        _("La proposition est envoyée à l'entreprise, qui a son délai pour répondre."),
    )
