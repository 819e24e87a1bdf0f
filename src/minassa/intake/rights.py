"""Who may do what with files sent: those mandated by the enterprise; CNSS sees that a file came, its people masked."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.intake.models import Upload
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

_POWERS: Final = (Power.PREPARE, Power.SIGN)
_OVERSEERS: Final = (Role.OFFICER, Role.SUPERVISOR)
_OVERSEER_BODY: Final = "cnss"

Subject = Enterprise | Upload | None


def _acts(actor: Actor, subject: Subject) -> bool:
    """Whether the actor holds a mandate of that enterprise; of any one, when none is named."""
    if subject is None:
        return bool(actor.enterprises())
    return actor.may_act_for(subject.pk if isinstance(subject, Enterprise) else subject.enterprise_id, *_POWERS)


def oversees(actor: Actor) -> bool:
    """Whether the actor is of the body that receives declarations of wages by law."""
    return actor.in_body(_OVERSEER_BODY, *_OVERSEERS)


@action("upload.list", label=_("Voir les dépôts d'une entreprise"), powers=_POWERS, roles=_OVERSEERS)
def _list(actor: Actor, subject: Subject) -> bool:
    return _acts(actor, subject) or oversees(actor)


@action("upload.open", label=_("Ouvrir un dépôt, les personnes masquées"), powers=_POWERS, roles=_OVERSEERS)
def _open(actor: Actor, subject: Subject) -> bool:
    return _acts(actor, subject) or oversees(actor)


@action("upload.send", label=_("Envoyer des déclarations"), powers=_POWERS)
def _send(actor: Actor, subject: Subject) -> bool:
    return _acts(actor, subject)


@action("upload.read_lines", label=_("Lire les lignes d'un dépôt avec les noms"), powers=_POWERS)
def _read_lines(actor: Actor, subject: Subject) -> bool:
    return _acts(actor, subject)


@action("upload.deposit", label=_("Déposer des déclarations contrôlées"), powers=_POWERS)
def _deposit(actor: Actor, subject: Subject) -> bool:
    return _acts(actor, subject)


@action("upload.receipt", label=_("Obtenir le récépissé d'un dépôt"), powers=_POWERS, roles=_OVERSEERS)
def _receipt(actor: Actor, subject: Subject) -> bool:
    return _acts(actor, subject) or oversees(actor)
