"""Who may do what with exports: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Role
from minassa.registry.public import Actor, action

READERS: Final = (Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.SECRETARIAT, Role.ANALYST, Role.FEDERATION)


@action("export.view", label=_("Lire les exportations du pays"), roles=READERS)
def _view(_actor: Actor, _subject: object) -> bool:
    return True
