"""Acts on a convention from its page. A refusal is said beside its form, with what was typed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.claims.public import all_runs
from minassa.conventions.models import Advance, Amendment, Convention, Hearing
from minassa.conventions.public import (
    ConventionError,
    Deed,
    Unit,
    agree,
    current,
    declare,
    drop,
    grant_advance,
    open_hearings,
    propose,
    propose_advance,
    recover_advance,
    refuse_advance,
    reply,
    send_back,
    sign,
    withdraw,
)
from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.registry.public import Forbidden
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.web import doing
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.conventions.one import show_convention
from minassa.web.conventions.subjects import convention_of, the_advance, the_amendment, the_convention, the_hearing


def done_or_said(
    request: PageRequest, convention: Convention, form: str, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do it and come back to the page of the convention; when it is refused, the page with the sentence."""

    def said(error: MinassaError, status: int) -> HttpResponse:
        if isinstance(error, Forbidden):
            raise error
        return show_convention(request, convention, failed=form, error=error, status=status)

    return doing.done_or_said(
        request,
        convention,
        act,
        done,
        back=lambda: reverse("convention", args=[convention.uuid]),
        said=said,
        family=MinassaError,
    )


@require_POST
@page("convention.propose", subject=the_convention)
def propose_convention(request: PageRequest, convention: Convention) -> HttpResponse:
    """Freeze the terms and put them to signature."""
    return done_or_said(
        request,
        convention,
        "propose",
        lambda: propose(request.actor, convention, timezone.now(), expected=version_of(request.POST)),
        _("Les termes sont gelés : l'entreprise peut les signer."),
    )


@require_POST
@page("convention.send-back", subject=the_convention)
def send_convention_back(request: PageRequest, convention: Convention) -> HttpResponse:
    """Take proposed terms back."""
    ground = request.POST.get("ground", "")
    return done_or_said(
        request,
        convention,
        "send-back",
        lambda: send_back(request.actor, convention, ground, timezone.now(), expected=version_of(request.POST)),
        _("La convention est reprise : ses termes peuvent être réécrits."),
    )


@require_POST
@page("convention.sign", subject=the_convention)
def sign_convention(request: PageRequest, convention: Convention) -> HttpResponse:
    """Sign in the name of the firm."""
    return done_or_said(
        request,
        convention,
        "sign",
        lambda: sign(request.actor, convention, timezone.now(), expected=version_of(request.POST)),
        _("La convention est signée par l'entreprise. Elle attend la décision du comité pour l'État."),
    )


@require_POST
@page("commitment.declare", subject=the_convention)
def declare_deed(request: PageRequest, convention: Convention) -> HttpResponse:
    """Declare an investment or an event, by the document itself: only its digest is kept."""

    def act() -> None:
        declare(request.actor, convention, _deed(request, convention), timezone.now())

    return done_or_said(
        request, convention, "declare", act, _("La déclaration est inscrite, avec l'empreinte de sa pièce.")
    )


def _deed(request: PageRequest, convention: Convention) -> Deed:
    posted, document = request.POST, request.FILES.get("document")
    if document is None:
        raise ConventionError(_("Joignez la pièce : son empreinte est gardée, pas son contenu."))
    number = int(posted.get("number", "")) if posted.get("number", "").isdecimal() else 0
    event = current(convention).terms.commitment(number).unit is Unit.EVENT
    digest = hashlib.sha256()
    for piece in document.chunks():
        digest.update(piece)
    amount = 1 if event else _cents(posted.get("amount", ""))
    return Deed(number, amount, _date(posted.get("on", "")), posted.get("title", ""), digest.hexdigest())


def _cents(text: str) -> int:
    try:
        return parse_dirhams(text)
    except MoneyError as error:
        raise ConventionError(error.message) from error


def _date(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise ConventionError(_("Écrivez la date, par exemple 2026-03-31."))
    return found


def _latest() -> Run:
    known = all_runs()
    if not known:
        raise ConventionError(_("Aucun calcul n'est encore fait : il n'y a rien à mesurer."))
    return known[-1]


@require_POST
@page("amendment.agree", subject=the_amendment, on=convention_of)
def agree_to_amendment(request: PageRequest, amendment: Amendment) -> HttpResponse:
    """Agree to an amendment in the name of the firm."""
    return done_or_said(
        request,
        amendment.convention,
        f"amendment-{amendment.number}",
        lambda: agree(request.actor, amendment, timezone.now()),
        _("L'avenant est accepté par l'entreprise. Il attend la décision du comité."),
    )


@require_POST
@page("amendment.withdraw", subject=the_amendment)
def withdraw_amendment(request: PageRequest, amendment: Amendment) -> HttpResponse:
    """Withdraw an amendment."""
    return done_or_said(
        request,
        amendment.convention,
        f"amendment-{amendment.number}",
        lambda: withdraw(request.actor, amendment, timezone.now()),
        _("L'avenant est retiré."),
    )


@require_POST
@page("advance.propose", subject=the_convention)
def propose_advances(request: PageRequest, convention: Convention) -> HttpResponse:
    """Propose the advance of a milestone from the latest run."""
    text = request.POST.get("milestone", "")
    number = int(text) if text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004 (no longer number)

    def act() -> None:
        found = propose_advance(request.actor, convention, number, _latest(), load_offer(), timezone.now())
        if found is None:
            raise ConventionError(_("Aucune nouvelle recrue n'a atteint ce jalon d'après le dernier calcul."))

    return done_or_said(
        request, convention, "advance", act, _("L'avance est proposée : l'organisme qui paie la décide.")
    )


@require_POST
@page("advance.decide", subject=the_advance, on=convention_of)
def decide_advance(request: PageRequest, advance: Advance) -> HttpResponse:
    """Grant an advance, or refuse it on a ground."""
    granted = request.POST.get("decision") == "oui"

    def act() -> None:
        if granted:
            grant_advance(request.actor, advance, timezone.now())
        else:
            refuse_advance(request.actor, advance, request.POST.get("ground", ""), timezone.now())

    done = _("L'avance est accordée et inscrite aux comptes.") if granted else _("L'avance est refusée.")
    return done_or_said(request, advance.convention, f"advance-{advance.pk}", act, done)


@require_POST
@page("hearing.open", subject=the_convention)
def open_recoveries(request: PageRequest, convention: Convention) -> HttpResponse:
    """Propose to ask back what was advanced on hires that have left, from the latest run."""

    def act() -> None:
        if not open_hearings(request.actor, convention, _latest(), timezone.now()):
            raise ConventionError(_("Aucune recrue avancée n'est partie trop tôt d'après le dernier calcul."))

    return done_or_said(
        request, convention, "hear", act, _("L'entreprise est entendue : elle a un délai pour répondre.")
    )


@require_POST
@page("hearing.reply", subject=the_hearing, on=convention_of)
def reply_to_hearing(request: PageRequest, hearing: Hearing) -> HttpResponse:
    """Reply in the name of the firm."""
    text = request.POST.get("text", "")
    return done_or_said(
        request,
        hearing.convention,
        f"hearing-{hearing.pk}",
        lambda: reply(request.actor, hearing, text, timezone.now()),
        _("La réponse est jointe."),
    )


@require_POST
@page("hearing.decide", subject=the_hearing, on=convention_of)
def decide_hearing(request: PageRequest, hearing: Hearing) -> HttpResponse:
    """Ask the advance back, or give it up on a ground."""
    recovers = request.POST.get("decision") == "oui"

    def act() -> None:
        if recovers:
            recover_advance(request.actor, hearing, timezone.now())
        else:
            drop(request.actor, hearing, request.POST.get("ground", ""), timezone.now())

    done = (
        _("Le remboursement est demandé et inscrit aux comptes.") if recovers else _("La restitution est abandonnée.")
    )
    return done_or_said(request, hearing.convention, f"hearing-{hearing.pk}", act, done)
