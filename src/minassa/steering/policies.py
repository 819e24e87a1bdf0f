"""Who may do what in steering: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minassa.reforms.public import STEERERS
from minassa.registry.public import Actor, action


@action("reform.try", label=_("Essayer une réforme sur toutes les déclarations"), roles=STEERERS)
def _try(_actor: Actor, _subject: object) -> bool:
    return True
