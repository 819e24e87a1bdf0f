"""Who may do what with conventions: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.conventions.convention_models import Amendment, Convention, ConventionState
from minassa.ledger.public import parameter
from minassa.registry.models import Establishment, Power, Role
from minassa.registry.public import Actor, action

FIRM: Final = (Power.PREPARE, Power.SIGN)
PAYERS: Final = (Role.OFFICER, Role.SUPERVISOR)
OVERSEERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT, Role.STEERING_MEMBER)
PARKS: Final = (Role.PARK_MANAGER, Role.SUPERVISOR)
READERS: Final = (*OVERSEERS, *PAYERS, Role.PARK_MANAGER)


def _pays(actor: Actor) -> bool:
    return actor.in_body(str(parameter("paying_body", timezone.localdate()).value), *PAYERS) and not actor.client_body


def _oversees(actor: Actor) -> bool:
    return actor.has_role(*OVERSEERS) or _pays(actor)


@action("convention.list", label=_("Voir la liste des conventions"), roles=READERS, powers=FIRM)
def _list(actor: Actor, _subject: object) -> bool:
    return bool(actor.enterprises(*FIRM)) or _oversees(actor) or bool(actor.places)


@action("convention.open", label=_("Lire une convention et son suivi"), roles=READERS, powers=FIRM, committees=True)
def _open(actor: Actor, convention: Convention) -> bool:
    return bool(actor.sitting) or Convention.objects.filter(visible_conventions(actor), pk=convention.pk).exists()


def visible_conventions(actor: Actor) -> Q:
    """Condition of the conventions that the actor may know of.

    The firm and whoever oversees the offer, or pays, once proposed; the manager of a P2I those of firms that work
    there, once signed; the secretariat its drafts besides.
    """
    if actor.has_role(Role.SECRETARIAT):
        return Q()
    proposed = ~Q(state=ConventionState.DRAFT)
    if _oversees(actor):
        return proposed
    seen = Q(enterprise__in=sorted(actor.enterprises(*FIRM))) & proposed
    if actor.places and actor.has_role(*PARKS):
        there = Establishment.objects.filter(place__in=actor.places).values("enterprise_id")
        signed = proposed & ~Q(state=ConventionState.PROPOSED)
        seen |= signed & (Q(enterprise__place__in=actor.places) | Q(enterprise__in=there))
    return seen


@action("convention.draft", label=_("Préparer une convention"), roles=(Role.SECRETARIAT,))
def _draft(_actor: Actor, _subject: object) -> bool:
    return True


@action("convention.propose", label=_("Proposer une convention à la signature"), roles=(Role.SECRETARIAT,))
def _propose(_actor: Actor, _convention: Convention) -> bool:
    return True


@action(
    "convention.send-back",
    label=_("Reprendre une convention proposée"),
    roles=(Role.SECRETARIAT,),
    committees=True,
)
def _send_back(_actor: Actor, _convention: Convention) -> bool:
    return True


@action("convention.sign", label=_("Signer une convention pour l'entreprise"), powers=(Power.SIGN,))
def _sign(actor: Actor, convention: Convention) -> bool:
    return actor.may_act_for(convention.enterprise_id, Power.SIGN)


@action("convention.enter", label=_("Signer une convention pour l'État"), committees=True)
def _enter(_actor: Actor, _convention: Convention) -> bool:
    """A committee in a session: nobody binds the State alone."""
    return True


@action(
    "amendment.propose",
    label=_("Proposer un avenant"),
    roles=(Role.SECRETARIAT,),
    powers=(Power.SIGN,),
)
def _amend(actor: Actor, convention: Convention) -> bool:
    return actor.has_role(Role.SECRETARIAT) or actor.may_act_for(convention.enterprise_id, Power.SIGN)


@action("amendment.agree", label=_("Accepter un avenant pour l'entreprise"), powers=(Power.SIGN,))
def _agree(actor: Actor, convention: Convention) -> bool:
    return actor.may_act_for(convention.enterprise_id, Power.SIGN)


@action("amendment.withdraw", label=_("Retirer un avenant"), roles=(Role.SECRETARIAT,), powers=(Power.SIGN,))
def may_withdraw(actor: Actor, amendment: Amendment) -> bool:
    """The side that proposed it."""
    if amendment.side == "firm":
        return actor.may_act_for(amendment.convention.enterprise_id, Power.SIGN)
    return actor.has_role(Role.SECRETARIAT)


@action("amendment.decide", label=_("Décider d'un avenant"), committees=True)
def _decide(_actor: Actor, _convention: Convention) -> bool:
    """A committee in a session: nobody decides alone."""
    return True


@action("commitment.declare", label=_("Déclarer un investissement ou une étape"), powers=FIRM)
def _declare(actor: Actor, convention: Convention) -> bool:
    return actor.may_act_for(convention.enterprise_id, *FIRM)


@action("advance.propose", label=_("Proposer une avance sur prime"), roles=(Role.SECRETARIAT,))
def _advance(_actor: Actor, _convention: Convention) -> bool:
    return True


@action("advance.decide", label=_("Accorder ou refuser une avance sur prime"), roles=PAYERS)
def _grant(actor: Actor, _convention: Convention) -> bool:
    return _pays(actor)


@action("hearing.open", label=_("Proposer de faire rendre une avance"), roles=(Role.SECRETARIAT,))
def _hear(_actor: Actor, _convention: Convention) -> bool:
    return True


@action("hearing.reply", label=_("Répondre à une demande de rendre une avance"), powers=FIRM)
def _reply(actor: Actor, convention: Convention) -> bool:
    return actor.may_act_for(convention.enterprise_id, *FIRM)


@action("hearing.decide", label=_("Faire rendre une avance, ou y renoncer"), roles=PAYERS)
def _recover(actor: Actor, _convention: Convention) -> bool:
    return _pays(actor)
