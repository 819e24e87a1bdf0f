"""What an address of recommendations bears on."""

from __future__ import annotations

from uuid import UUID

from minassa.commitments.models import Recommendation
from minassa.registry.public import Actor


def the_recommendation(_actor: Actor, recommendation: UUID) -> Recommendation:
    """The recommendation of an address, for whoever may read them."""
    return Recommendation.objects.get(uuid=recommendation)
