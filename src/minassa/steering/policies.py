"""Who may do what in steering: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.reforms.public import STEERERS
from minassa.registry.models import Role
from minassa.registry.public import Actor, action

READERS_OF_LINES: Final = (Role.CTO_MEMBER, Role.SECRETARIAT)


@action("reform.try", label=_("Essayer une réforme sur toutes les déclarations"), roles=STEERERS)
def _try(_actor: Actor, _subject: object) -> bool:
    return True


@action("indicator.view", label=_("Lire les indicateurs, jusqu'aux entreprises"), roles=STEERERS)
def _view(_actor: Actor, _subject: object) -> bool:
    return True


@action("indicator.lines", label=_("Descendre d'un indicateur aux mois de chaque salarié"), roles=READERS_OF_LINES)
def _lines(_actor: Actor, _subject: object) -> bool:
    return True
