"""Who may do what with the reference: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Role
from minassa.registry.public import Actor, action
from minassa.skills.models import Proposal

COMMISSION: Final = (Role.FEDERATION, Role.TRAINING, Role.STEERING_MEMBER, Role.SECRETARIAT)
"""Roles whose holders make the commission of skills and talents: our hypothesis, as its parameters say."""
PROPOSERS: Final = (*COMMISSION, Role.CTO_MEMBER, Role.ANALYST)


@action("reference.discuss", label=_("Lire et commenter les propositions sur le référentiel"), roles=PROPOSERS)
def _discuss(_actor: Actor, _subject: object) -> bool:
    return True


@action("reference.propose", label=_("Proposer un changement du référentiel"), roles=PROPOSERS)
def _propose(_actor: Actor, _subject: object) -> bool:
    return True


@action("reference.withdraw", label=_("Retirer sa proposition sur le référentiel"), roles=PROPOSERS)
def may_withdraw(actor: Actor, proposal: Proposal) -> bool:
    """Who made it."""
    return str(actor) == proposal.proposed_by


@action("reference.decide", label=_("Donner sa voix sur une proposition du référentiel"), roles=COMMISSION)
def _decide(_actor: Actor, _proposal: Proposal) -> bool:
    return True


@action("reference.publish", label=_("Publier une version datée du référentiel"), roles=(Role.SECRETARIAT,))
def _publish(_actor: Actor, _subject: object) -> bool:
    return True
