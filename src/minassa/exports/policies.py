"""Who may do what with exports: one predicate per action. What is not said here is refused.

What a firm states is read by the firm alone; others read sums that tell no firm.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.exports.models import Statement
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

READERS: Final = (Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.SECRETARIAT, Role.ANALYST, Role.FEDERATION)
FIRM: Final = (Power.PREPARE, Power.SIGN)


@action("export.view", label=_("Lire les exportations du pays"), roles=READERS)
def _view(_actor: Actor, _subject: object) -> bool:
    return True


@action("export.mine", label=_("Voir les états d'exportation de ses entreprises"), powers=FIRM)
def _mine(_actor: Actor, _subject: object) -> bool:
    return True


@action("export.state", label=_("Préparer l'état d'exportation d'une entreprise"), powers=FIRM)
def _state(actor: Actor, enterprise: Enterprise) -> bool:
    """The firm itself."""
    return actor.may_act_for(enterprise.pk, *FIRM)


@action("export.read", label=_("Lire l'état d'exportation de son entreprise"), powers=FIRM)
def may_read(actor: Actor, statement: Statement) -> bool:
    """The firm itself, and nobody else."""
    return actor.may_act_for(statement.enterprise_id, *FIRM)


@action("export.sign", label=_("Signer l'état d'exportation de son entreprise"), powers=(Power.SIGN,))
def may_sign(actor: Actor, statement: Statement) -> bool:
    """Who may sign for the firm."""
    return actor.may_act_for(statement.enterprise_id, Power.SIGN)


@action("export.official", label=_("Apporter une table de l'Office des changes"), roles=(Role.SECRETARIAT,))
def _official(_actor: Actor, _subject: object) -> bool:
    return True
