"""Who may do what in steering: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Role
from minassa.registry.public import Actor, action

STEERERS: Final = (Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.SECRETARIAT, Role.ANALYST)


@action("reform.try", label=_("Essayer une réforme sur toutes les déclarations"), roles=STEERERS)
def _try(_actor: Actor, _subject: object) -> bool:
    return True
