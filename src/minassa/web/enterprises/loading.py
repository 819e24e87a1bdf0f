"""What the pages of enterprises bear on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.registry.models import Enterprise, Establishment, Mandate
from minassa.registry.public import Actor, visible_enterprises


def enterprise(actor: Actor, uuid: UUID) -> Enterprise:
    """The enterprise of a reference; DoesNotExist when the actor may not know of it."""
    return Enterprise.objects.select_related("group").get(visible_enterprises(actor), uuid=uuid)


def establishment(actor: Actor, uuid: UUID, number: int) -> Establishment:
    """A place of work; DoesNotExist."""
    return Establishment.objects.select_related("enterprise").get(enterprise=enterprise(actor, uuid), number=number)


def mandate(actor: Actor, uuid: UUID, mandate: int) -> Mandate:
    """A mandate of an enterprise; DoesNotExist."""
    return Mandate.objects.select_related("enterprise").get(enterprise=enterprise(actor, uuid), pk=mandate)
