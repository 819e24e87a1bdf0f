"""The life of a convention until it binds, and its end: drafted, proposed, signed by the firm, then by the State."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.conventions.acting import Act, acting, grounded, next_number, stream_of
from minassa.conventions.convention_models import Convention, ConventionState, Side, Signature
from minassa.conventions.errors import ImpossibleAct, NotSigned, SameHand, TermsRefused
from minassa.conventions.states import BINDING, ConventionEvent
from minassa.conventions.terms import Terms, digest_of, require_sound, terms_of
from minassa.conventions.writing import write_first
from minassa.delays import instant_of, local_day
from minassa.journal.public import Entry, chained
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require, system_actor

TIMER: Final = system_actor("timer")


def draft(actor: Actor, enterprise: Enterprise, terms: Terms, at: datetime) -> Convention:
    """Draft a convention with a firm. TermsRefused for terms that do not hold together."""
    require(actor, "convention.draft")
    require_sound(terms)
    with transaction.atomic():
        made = _new(actor, enterprise, terms, at)
        happened = [("convention.drafted", {"enterprise": enterprise.pk, "commitments": len(terms.commitments)})]
        Entry.objects.bulk_create(chained(stream_of(made.pk), happened, str(actor), at, new=True))
    return made


def _new(actor: Actor, enterprise: Enterprise, terms: Terms, at: datetime) -> Convention:
    number = next_number("conventions_convention")
    return Convention.objects.create(
        pk=number,
        reference=f"CV-{local_day(instant_of(at)).year}-{number:05}",
        enterprise=enterprise,
        draft=terms.model_dump(mode="json"),
        drafted_by=str(actor),
        drafted_at=at,
        touched_at=at,
        ends_on=terms.ends_on,
    )


def redraft(
    actor: Actor, convention: Convention, terms: Terms, at: datetime, *, expected: int | None = None
) -> Convention:
    """Write other terms in the place of those drafted, as long as they were not proposed. TermsRefused."""
    require_sound(terms)
    with acting(actor, "convention.draft", convention, at, expected) as act:
        act.move(ConventionEvent.REDRAFT)
        act.set(draft=terms.model_dump(mode="json"), ends_on=terms.ends_on)
        act.tell("convention.redrafted", commitments=len(terms.commitments))
    return convention


def propose(actor: Actor, convention: Convention, at: datetime, *, expected: int | None = None) -> Convention:
    """Freeze the terms and put them to both parties: what is signed is their digest. TermsRefused."""
    with acting(actor, "convention.propose", convention, at, expected) as act:
        act.move(ConventionEvent.PROPOSE)
        terms = terms_of(act.convention.draft)
        require_sound(terms)
        if local_day(instant_of(act.at)) > terms.ends_on:
            raise TermsRefused(_("La convention finirait avant d'être signée."))
        digest = digest_of(act.convention.reference, terms)
        act.set(terms_digest=digest, proposed_by=str(actor))
        act.tell("convention.proposed", digest=digest)
    return convention


def send_back(
    actor: Actor, convention: Convention, ground: str, at: datetime, *, expected: int | None = None
) -> Convention:
    """Take proposed terms back to be drafted again, on a ground."""
    with acting(actor, "convention.send-back", convention, at, expected) as act:
        act.move(ConventionEvent.SEND_BACK)
        act.set(sent_back_ground=grounded(ground))
        act.tell("convention.sent-back")
    return convention


def sign(actor: Actor, convention: Convention, at: datetime, *, expected: int | None = None) -> Convention:
    """Sign the proposed terms in the name of the firm. ImpossibleAct when it has signed them already."""
    with acting(actor, "convention.sign", convention, at, expected) as act:
        act.move(ConventionEvent.SIGN)
        if signed_by_firm(act.convention):
            raise ImpossibleAct(_("L'entreprise a déjà signé ces termes."))
        _sign(act, Side.FIRM)
    return convention


def enter(actor: Actor, convention: Convention, at: datetime, *, expected: int | None = None) -> Convention:
    """Sign for the State what the committee has decided: the convention binds both from its first day on.

    NotSigned before the firm has signed these very terms; SameHand for who drafted or proposed them.
    """
    with acting(actor, "convention.enter", convention, at, expected) as act:
        act.move(ConventionEvent.ENTER)
        if not signed_by_firm(act.convention):
            raise NotSigned(_("L'entreprise n'a pas encore signé ces termes."))
        if hands_of_convention(act.convention) & actor.hands:
            raise SameHand(_("Celui qui a préparé ou proposé la convention ne la signe pas pour l'État."))
        terms = terms_of(act.convention.draft)
        if digest_of(act.convention.reference, terms) != act.convention.terms_digest:
            raise NotSigned(_("Ces termes ne sont pas ceux que l'entreprise a signés."))
        _sign(act, Side.STATE)
        write_first(act, terms, ConventionState.IN_FORCE)
    return convention


def end_next(at: datetime) -> bool:
    """End one convention whose last day is past; False when there is none."""
    today = local_day(instant_of(at))
    over = Convention.objects.filter(state__in=BINDING, ends_on__lt=today).order_by("ends_on", "pk").first()
    if over is None:
        return False
    with acting(TIMER, "", over, at) as act:
        if act.convention.state in BINDING and act.convention.ends_on < today:
            act.move(ConventionEvent.END)
            act.tell("convention.ended")
    return True


def signed_by_firm(convention: Convention) -> bool:
    """Whether the firm has signed the terms as they are proposed."""
    return convention.signatures.filter(side=Side.FIRM, digest=convention.terms_digest).exists()


def hands_of_convention(convention: Convention) -> frozenset[str]:
    """Who had a hand in the terms: they do not sign for the State."""
    return frozenset(filter(None, (convention.drafted_by, convention.proposed_by)))


def _sign(act: Act, side: Side) -> None:
    digest = act.convention.terms_digest
    Signature.objects.create(convention=act.convention, side=side, by=str(act.actor), digest=digest, at=act.at)
    act.tell("convention.signed", side=str(side), digest=digest)
