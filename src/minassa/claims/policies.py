"""Who may do what to claims: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minassa.claims.claim_models import Claim, Contest
from minassa.claims.states import BEFORE_SIGNING
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

FIRM: Final = (Power.PREPARE, Power.SIGN)
CONTROLLERS: Final = (Role.OFFICER, Role.SUPERVISOR)
"""Who controls, in the bodies that hold the declarations."""
CONTROL_BODIES: Final = ("cnss", "dgi")
OVERSEERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT)
PAYER: Final = "ledger"
"""The platform's own hand that books payments."""


@action("claim.list", label=_("Voir la liste des demandes"), roles=(*OVERSEERS, *CONTROLLERS), powers=FIRM)
def _list(_actor: Actor, _subject: object) -> bool:
    return True


@action("claim.open", label=_("Lire une demande"), roles=(*OVERSEERS, *CONTROLLERS), powers=FIRM)
def may_open(actor: Actor, claim: Claim) -> bool:
    """The firm sees its claims; once signed, so do the committee and those who control."""
    if actor.may_act_for(claim.enterprise_id, *FIRM):
        return True
    return claim.state not in BEFORE_SIGNING and claim.signed_at is not None and _oversees(actor)


def _oversees(actor: Actor) -> bool:
    return actor.has_role(*OVERSEERS) or _controls(actor)


def _controls(actor: Actor) -> bool:
    return not actor.client_body and any(actor.in_body(body, *CONTROLLERS) for body in CONTROL_BODIES)


def visible_claims(actor: Actor) -> Q:
    """Condition of the claims that the actor may know of."""
    seen = Q(enterprise__in=sorted(actor.enterprises(*FIRM)))
    return seen | Q(signed_at__isnull=False) if _oversees(actor) else seen


@action("claim.check", label=_("Vérifier une demande"), powers=FIRM)
def _check(actor: Actor, claim: Claim) -> bool:
    return actor.may_act_for(claim.enterprise_id, *FIRM)


@action("claim.contest", label=_("Contester une ligne d'une demande"), powers=FIRM)
def _contest(actor: Actor, claim: Claim) -> bool:
    return actor.may_act_for(claim.enterprise_id, *FIRM)


@action("claim.sign", label=_("Signer une demande"), powers=(Power.SIGN,))
def _sign(actor: Actor, claim: Claim) -> bool:
    return actor.may_act_for(claim.enterprise_id, Power.SIGN)


@action("claim.reply", label=_("Répondre avant une réduction ou un refus"), powers=(Power.SIGN,))
def _reply(actor: Actor, claim: Claim) -> bool:
    return actor.may_act_for(claim.enterprise_id, Power.SIGN)


@action("claim.answer", label=_("Répondre à une contestation"), roles=(Role.SECRETARIAT,))
def _answer(_actor: Actor, _contest: Contest) -> bool:
    return True


@action("claim.draw", label=_("Tirer au sort les demandes à contrôler"), roles=(Role.SECRETARIAT,))
def _draw(_actor: Actor, _subject: object) -> bool:
    return True


@action("claim.pass", label=_("Transmettre une demande à ceux qui décident"), roles=(Role.SECRETARIAT,))
def _pass(_actor: Actor, _claim: Claim) -> bool:
    return True


@action("claim.control", label=_("Contrôler une demande tirée au sort"), roles=CONTROLLERS)
def _control(actor: Actor, _claim: Claim) -> bool:
    return _controls(actor)


@action("claim.clear", label=_("Laisser payer une ligne retenue par ses contrôles"), roles=CONTROLLERS)
def _clear(actor: Actor, claim: Claim) -> bool:
    return claim.signed_at is not None and _controls(actor)


@action("claim.propose", label=_("Proposer une réduction ou un refus"), roles=(Role.SECRETARIAT,))
def _propose(_actor: Actor, _claim: Claim) -> bool:
    return True


@action("claim.decide", label=_("Décider d'une demande"), committees=True)
def _decide(_actor: Actor, _claim: Claim) -> bool:
    """A committee in a session: nobody decides alone."""
    return True


@action("claim.pay")
def _pay(actor: Actor, _claim: Claim) -> bool:
    return actor.system == PAYER


@action(
    "claim.incidents", label=_("Voir les incidents des demandes rejouées"), roles=(Role.SECRETARIAT, Role.ADMINISTRATOR)
)
def _incidents(_actor: Actor, _subject: object) -> bool:
    return True


@action("worker.code", label=_("Donner à un salarié le code de son droit de savoir"), powers=FIRM)
def _code(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk, *FIRM)
