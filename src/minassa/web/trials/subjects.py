"""What an address of reforms bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.reforms.models import Reform
from minassa.reforms.public import reforms_for
from minassa.registry.public import Actor


def the_reform(actor: Actor, reform: UUID) -> Reform:
    """The reform of an address, with what its last revision says; DoesNotExist when the actor may not read it."""
    return reforms_for(actor).get(uuid=reform)
