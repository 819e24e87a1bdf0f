"""The firm checks its claim, then signs it: two acts, of two hands where the firm has two."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from minassa.claims.acting import Act, acting
from minassa.claims.claim_models import Claim, Contest, Signature
from minassa.claims.errors import ImpossibleAct, NotChecked, SameHand, TooLate
from minassa.claims.states import ClaimEvent
from minassa.claims.verifying import require_intact
from minassa.delays import instant_of, local_day
from minassa.registry.acting import account_of
from minassa.registry.models import Mandate, Power
from minassa.registry.public import Actor, in_force


def check(actor: Actor, claim: Claim, at: datetime, *, expected: int | None = None) -> Claim:
    """Say, in the name of the firm, that its claim was looked at and may be signed."""
    with acting(actor, "claim.check", claim, at, expected) as act:
        act.move(ClaimEvent.CHECK)
        act.set(checked_by=str(actor))
        act.tell("claim.checked", digest=act.claim.content_digest)
    return claim


def sign(actor: Actor, claim: Claim, at: datetime, *, expected: int | None = None) -> Claim:
    """Sign the frozen content of a claim, in the name of its firm.

    NotChecked before anyone checked it, SameHand for who checked it where someone else could have, TooLate after its
    delay, TamperedClaim when the lines stored no longer have the digest that was frozen.
    """
    with acting(actor, "claim.sign", claim, at, expected) as act:
        act.move(ClaimEvent.SIGN)
        _guard(act)
        require_intact(act.claim)
        act.set(signed_at=act.at)
        digest = act.claim.content_digest
        Signature.objects.create(claim=act.claim, account_id=account_of(actor), digest=digest, at=act.at)
        act.tell("claim.signed", digest=digest, total_cents=act.claim.total_cents)
    return claim


def _guard(act: Act) -> None:
    claim = act.claim
    if not claim.checked_by:
        raise NotChecked(_("Quelqu'un de l'entreprise doit d'abord vérifier la demande."), claim=claim.reference)
    if act.at >= claim.sign_by or local_day(instant_of(act.at)) > claim.prescribed_on:
        raise TooLate(_("Le délai pour signer cette demande est passé."), claim=claim.reference)
    if Contest.objects.filter(claim=claim, by_worker=False, answered_at__isnull=True).exists():
        raise ImpossibleAct(_("Une contestation de l'entreprise attend encore sa réponse."), claim=claim.reference)
    if claim.checked_by == str(act.actor) and _has_preparer(act):
        raise SameHand(_("Celui qui a vérifié la demande ne la signe pas."), claim=claim.reference)


def _has_preparer(act: Act) -> bool:
    """Whether the mandates of the firm name someone else who prepares."""
    today = local_day(instant_of(act.at))
    held = Mandate.objects.filter(in_force(today), enterprise=act.claim.enterprise_id, power=Power.PREPARE)
    return held.filter(account__is_active=True).exclude(account_id=account_of(act.actor)).exists()
