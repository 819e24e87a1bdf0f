"""Who may do what with Talent Visas: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Power, Role
from minassa.registry.public import Actor, action
from minassa.visas.visa_models import Visa

FIRM: Final = (Power.PREPARE, Power.SIGN)
OVERSEERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT, Role.STEERING_MEMBER, Role.ANALYST)
WORKERS: Final = (Role.OFFICER, Role.SUPERVISOR)
BODIES: Final = ("anapec", "immigration")
"""Bodies whose officers follow visas: those that have a task in the procedure, but for the CNSS."""


def oversees(actor: Actor) -> bool:
    """Whether the actor follows the visas of every firm."""
    return actor.has_role(*OVERSEERS) or any(actor.in_body(body, *WORKERS) for body in BODIES)


@action("visa.list", label=_("Voir les Visas Talent"), roles=(*OVERSEERS, *WORKERS), powers=FIRM)
def _list(actor: Actor, _subject: object) -> bool:
    return bool(actor.enterprises(*FIRM)) or oversees(actor)


@action("visa.tell", label=_("Dire l'embauche faite sous un Visa Talent"), powers=FIRM)
def may_tell(actor: Actor, visa: Visa) -> bool:
    """The firm that holds it."""
    return actor.may_act_for(visa.enterprise_id, *FIRM)


@action("visa.give-up", label=_("Rendre la place d'un Visa Talent"), roles=WORKERS, powers=FIRM)
def may_give_up(actor: Actor, visa: Visa) -> bool:
    """The firm that holds it, or the foreigners' office."""
    return actor.may_act_for(visa.enterprise_id, *FIRM) or actor.in_body("immigration", *WORKERS)


@action("visa.follow", label=_("Clore une alerte d'un Visa Talent"), roles=(Role.SECRETARIAT, *WORKERS))
def may_follow(actor: Actor, _visa: Visa) -> bool:
    """The secretariat, ANAPEC and the foreigners' office."""
    return actor.has_role(Role.SECRETARIAT) or any(actor.in_body(body, *WORKERS) for body in BODIES)


@action("visa.propose", label=_("Proposer une liste de métiers en pénurie"), roles=(Role.SECRETARIAT, Role.ANALYST))
def _propose(_actor: Actor, _subject: object) -> bool:
    return True


@action("visa.decide", label=_("Adopter ou rejeter une liste de métiers en pénurie"), committees=True)
def _decide(_actor: Actor, _listed: object) -> bool:
    """A committee in a session: nobody decides alone."""
    return True
