"""Who may do what with training: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Role
from minassa.registry.public import Actor, action

READERS: Final = (
    *(Role.TRAINING, Role.CTO_MEMBER, Role.SECRETARIAT, Role.STEERING_MEMBER, Role.ANALYST, Role.FEDERATION),
)
TELLERS: Final = (Role.TRAINING, Role.SECRETARIAT)
PLANNERS: Final = (Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.SECRETARIAT, Role.ANALYST)


@action("training.view", label=_("Lire les cohortes et leur insertion"), roles=READERS)
def _view(_actor: Actor, _subject: object) -> bool:
    return True


@action("training.tell", label=_("Déposer une feuille de cohortes ou de diplômés"), roles=TELLERS)
def _tell(_actor: Actor, _subject: object) -> bool:
    return True


@action("seats.plan", label=_("Faire un plan de places, en changer un à la main"), roles=PLANNERS)
def _plan(_actor: Actor, _subject: object) -> bool:
    return True


@action("seats.propose", label=_("Proposer un plan de places à un comité, retirer la proposition"), roles=PLANNERS)
def _propose(_actor: Actor, _subject: object) -> bool:
    return True


@action("seats.decide", label=_("Adopter ou rejeter un plan de places"), committees=True)
def _decide(_actor: Actor, _subject: object) -> bool:
    """A committee in a session: nobody decides a plan alone."""
    return True


@action("training.agree", label=_("Enregistrer un accord entre une entreprise et un organisme"), roles=TELLERS)
def _agree(_actor: Actor, _subject: object) -> bool:
    return True
