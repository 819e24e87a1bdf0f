"""Who may do what with commitments and recommendations: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.commitments.models import Recommendation
from minassa.commitments.terms import Commitment
from minassa.registry.models import Role
from minassa.registry.public import Actor, action

WRITERS: Final = (Role.SECRETARIAT, Role.ANALYST, Role.FEDERATION)
READERS: Final = (*WRITERS, Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.TRAINING, Role.OFFICER, Role.SUPERVISOR)


@action("commitment.view", label=_("Lire les engagements et les recommandations"), roles=READERS, committees=True)
def _view(_actor: Actor, _subject: object) -> bool:
    return True


@action("commitment.tell", label=_("Dire la suite d'un engagement, en joindre une preuve"), roles=READERS)
def may_tell(actor: Actor, commitment: Commitment) -> bool:
    """The secretariat, and those of the body that answers for it."""
    return actor.has_role(Role.SECRETARIAT) or actor.in_body(commitment.owner, *READERS)


@action("recommendation.write", label=_("Rédiger une recommandation"), roles=WRITERS)
def _write(_actor: Actor, _subject: object) -> bool:
    return True


@action("recommendation.propose", label=_("Proposer une recommandation à un comité, l'abandonner"), roles=WRITERS)
def may_propose(actor: Actor, recommendation: Recommendation) -> bool:
    """Who drafted it, and the secretariat."""
    return str(actor) == recommendation.drafted_by or actor.has_role(Role.SECRETARIAT)


@action("recommendation.decide", label=_("Adopter ou rejeter une recommandation"), committees=True)
def _decide(_actor: Actor, _recommendation: Recommendation) -> bool:
    """A committee in a session."""
    return True
