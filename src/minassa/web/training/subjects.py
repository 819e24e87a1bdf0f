"""What an address of training bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.registry.public import Actor
from minassa.training.models import Roll, SeatPlan
from minassa.training.public import plans_for, rolls_for


def the_roll(actor: Actor, roll: int) -> Roll:
    """The sheet of an address; DoesNotExist when the actor may not read it."""
    return rolls_for(actor).get(pk=roll)


def the_plan(actor: Actor, plan: UUID) -> SeatPlan:
    """The plan of an address; DoesNotExist when the actor may not read it."""
    return plans_for(actor).get(uuid=plan)
