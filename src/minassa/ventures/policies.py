"""Who may do what with the register of ventures: one predicate per action. What is not said here is refused.

A firm tells of itself, by who holds its mandate; the federation tells of whoever has no account; another hand checks.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Power, Role
from minassa.registry.public import Actor, action

READERS: Final = (Role.FEDERATION, Role.SECRETARIAT, Role.STEERING_MEMBER, Role.ANALYST)
POWERS: Final = tuple(Power)


def is_own(actor: Actor, venture: Any) -> bool:  # noqa: ANN401 (a venture)
    """Whether the actor holds a mandate of the firm."""
    return venture.enterprise_id is not None and actor.may_act_for(venture.enterprise_id)


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads the whole register, what is not public included."""
    return actor.has_role(*READERS)


@action("venture.register", label=_("Inscrire une PME ou une start-up"), roles=(Role.FEDERATION,), powers=POWERS)
def _register(actor: Actor, enterprise: Any) -> bool:  # noqa: ANN401 (an enterprise, or none yet)
    """The federation for anyone; a firm for itself."""
    own = bool(actor.mandates) if enterprise is None else actor.may_act_for(enterprise.pk)
    return actor.has_role(Role.FEDERATION) or own


@action("venture.view", label=_("Lire la fiche d'une PME ou d'une start-up"), roles=READERS, powers=POWERS)
def _view(actor: Actor, venture: Any) -> bool:  # noqa: ANN401 (a venture)
    return reads_all(actor) or is_own(actor, venture)


@action("venture.tell", label=_("Dire où en est une PME ou une start-up"), roles=(Role.FEDERATION,), powers=POWERS)
def _tell(actor: Actor, venture: Any) -> bool:  # noqa: ANN401 (a venture)
    return actor.has_role(Role.FEDERATION) or is_own(actor, venture)


@action("venture.consent", label=_("Consentir à paraître en public"), roles=(Role.FEDERATION,), powers=POWERS)
def _consent(actor: Actor, venture: Any) -> bool:  # noqa: ANN401 (a venture)
    """The firm itself; the federation writes the consent of one that has no account."""
    return is_own(actor, venture) if venture.enterprise_id else actor.has_role(Role.FEDERATION)


@action(
    "venture.check", label=_("Vérifier ce que dit une PME ou une start-up"), roles=(Role.FEDERATION, Role.SECRETARIAT)
)
def _check(_actor: Actor, _venture: object) -> bool:
    """Another hand than that of the claim, which the act asks."""
    return True


@action("venture.import", label=_("Reprendre une liste de PME et de start-up"), roles=(Role.FEDERATION,))
def _import(_actor: Actor, _subject: object) -> bool:
    return True
