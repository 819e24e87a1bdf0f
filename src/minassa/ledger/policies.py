"""Who may do what with the money of the offer: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.ledger.parameters import parameter
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

PAYERS: Final = (Role.OFFICER, Role.SUPERVISOR)
OVERSEERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT)
READERS: Final = (*OVERSEERS, Role.STEERING_MEMBER, Role.ANALYST)
"""Who reads the accounts of the whole offer, and moves nothing."""
CLAIMS: Final = "claims"
"""The system that grants, suspends and recovers what committees have decided."""
CONVENTIONS: Final = "conventions"
"""The system that grants and asks back advances."""


def pays(actor: Actor, *roles: str) -> bool:
    """Whether the actor holds one of the roles in the body that pays."""
    return actor.in_body(str(parameter("paying_body", timezone.localdate()).value), *roles)


@action("envelope.change", label=_("Ouvrir et changer les crédits de l'offre"), roles=(Role.SUPERVISOR,))
def _envelope(actor: Actor, _subject: object) -> bool:
    return pays(actor, Role.SUPERVISOR)


@action("entitlement.keep", label=_("Reconnaître, engager, suspendre un droit et faire rendre une somme"))
def _entitlement(actor: Actor, _subject: object) -> bool:
    return actor.system in {CLAIMS, CONVENTIONS} or pays(actor, *PAYERS)


@action("account.propose", label=_("Proposer le compte bancaire de l'entreprise"), powers=(Power.SIGN,))
def _propose_account(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk, Power.SIGN)


@action("account.confirm", label=_("Confirmer le compte bancaire d'une entreprise"), roles=PAYERS)
def _confirm_account(actor: Actor, _enterprise: Enterprise) -> bool:
    return pays(actor, *PAYERS)


@action(
    "account.view",
    label=_("Voir les comptes bancaires d'une entreprise, masqués"),
    roles=(*PAYERS, *OVERSEERS),
    powers=tuple(Power.values),
)
def _view_account(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk) or pays(actor, *PAYERS) or actor.has_role(*OVERSEERS)


@action("payer.set", label=_("Indiquer le compte qui paie"), roles=(Role.SUPERVISOR,))
def _set_payer(actor: Actor, _subject: object) -> bool:
    return pays(actor, Role.SUPERVISOR)


@action("payment.propose", label=_("Proposer des ordres de paiement"), roles=PAYERS)
def _propose(actor: Actor, _subject: object) -> bool:
    return pays(actor, *PAYERS)


@action("payment.validate", label=_("Valider des ordres de paiement et les transmettre à la banque"), roles=PAYERS)
def _validate(actor: Actor, _subject: object) -> bool:
    return pays(actor, *PAYERS)


@action("bank.read", label=_("Lire les réponses de la banque et régler ce qui ne s'y rapproche pas"), roles=PAYERS)
def _bank(actor: Actor, _subject: object) -> bool:
    return actor.system == CLAIMS or pays(actor, *PAYERS)


@action(
    "ledger.view",
    label=_("Lire les comptes de l'offre"),
    roles=(*PAYERS, *READERS),
)
def _view(actor: Actor, _subject: object) -> bool:
    return pays(actor, *PAYERS) or actor.has_role(*READERS)


@action(
    "statement.view",
    label=_("Lire le relevé d'une entreprise"),
    roles=(*PAYERS, *OVERSEERS),
    powers=tuple(Power.values),
)
def _statement(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk) or pays(actor, *PAYERS) or actor.has_role(*OVERSEERS)
