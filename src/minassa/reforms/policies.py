"""Who may do what with reforms: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.reforms.reform_models import Reform
from minassa.registry.models import Role
from minassa.registry.public import Actor, action

STEERERS: Final = (Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.SECRETARIAT, Role.ANALYST)


@action("reform.read", label=_("Lire les réformes enregistrées et ce qui en est dit"), roles=STEERERS, committees=True)
def _read(_actor: Actor, _subject: object) -> bool:
    return True


@action("reform.keep", label=_("Enregistrer une réforme, en copier une"), roles=STEERERS)
def _keep(_actor: Actor, _subject: object) -> bool:
    return True


@action("reform.revise", label=_("Changer une réforme enregistrée"), roles=STEERERS)
def may_revise(actor: Actor, reform: Reform) -> bool:
    """Who drafted it, and the secretariat; others duplicate it."""
    return str(actor) == reform.drafted_by or actor.has_role(Role.SECRETARIAT)


@action("reform.comment", label=_("Commenter une réforme"), roles=STEERERS)
def _comment(_actor: Actor, _reform: Reform) -> bool:
    return True


@action("reform.propose", label=_("Proposer une réforme à un comité, retirer une proposition"), roles=STEERERS)
def _propose(actor: Actor, reform: Reform) -> bool:
    return may_revise(actor, reform)


@action("reform.adopt", label=_("Adopter ou rejeter une réforme de l'offre"), committees=True)
def _adopt(_actor: Actor, _reform: Reform) -> bool:
    """A committee in a session: nobody changes the offer alone."""
    return True
