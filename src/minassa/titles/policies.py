"""Who may do what with job titles: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Role
from minassa.registry.public import Actor, action

READERS: Final = (
    Role.FEDERATION,
    Role.TRAINING,
    Role.ANALYST,
    Role.SECRETARIAT,
    Role.CTO_MEMBER,
    Role.STEERING_MEMBER,
)
DECIDERS: Final = (Role.FEDERATION, Role.ANALYST, Role.SECRETARIAT)


@action("title.read", label=_("Lire les titres qui attendent et les métiers des registres"), roles=READERS)
def _read(_actor: Actor, _subject: object) -> bool:
    return True


@action("title.ask", label=_("Envoyer un titre à une personne"), roles=READERS)
def _ask(_actor: Actor, _subject: object) -> bool:
    return True


@action("title.answer", label=_("Dire quel métier est un titre"), roles=DECIDERS)
def _answer(_actor: Actor, _subject: object) -> bool:
    return True
