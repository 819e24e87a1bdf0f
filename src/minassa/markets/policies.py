"""Who may do what with markets: one predicate per action. What is not said here is refused.

Promoters read everything; the federation and the secretariat write. AMDIE has no officer here: it sits in committees,
and promotes by those two. Who manages a P2I knows of a lead once it was proposed there.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from minassa.markets.models import Proposed
from minassa.registry.models import Role
from minassa.registry.public import Actor, action

PROMOTERS: Final = (Role.FEDERATION, Role.SECRETARIAT, Role.STEERING_MEMBER)
WRITERS: Final = (Role.FEDERATION, Role.SECRETARIAT)
MANAGERS: Final = (Role.PARK_MANAGER, Role.SUPERVISOR)


def promotes(actor: Actor) -> bool:
    """Whether the actor reads every lead, whole."""
    return actor.has_role(*PROMOTERS)


@action("market.view", label=_("Lire les marchés, les missions et les événements"), roles=PROMOTERS)
def _view(_actor: Actor, _subject: object) -> bool:
    return True


@action("market.write", label=_("Apporter des chiffres, suivre événements et pistes"), roles=WRITERS)
def _write(_actor: Actor, _subject: object) -> bool:
    return True


@action("market.leads", label=_("Lire les pistes que l'on peut connaître"), roles=(*PROMOTERS, *MANAGERS))
def _leads(actor: Actor, _subject: object) -> bool:
    return promotes(actor) or bool(actor.places)


@action("market.lead", label=_("Lire une piste"), roles=(*PROMOTERS, *MANAGERS))
def _lead(actor: Actor, lead: Any) -> bool:  # noqa: ANN401 (a lead)
    return promotes(actor) or _proposed_to(actor, lead)


@action("market.answer", label=_("Répondre à une piste proposée à sa P2I"), roles=MANAGERS)
def _answer(actor: Actor, lead: Any) -> bool:  # noqa: ANN401 (a lead)
    return _proposed_to(actor, lead)


def _proposed_to(actor: Actor, lead: Any) -> bool:  # noqa: ANN401 (a lead)
    return bool(actor.places) and Proposed.objects.filter(lead=lead.pk, place__in=actor.places).exists()
