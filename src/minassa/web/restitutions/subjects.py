"""What an address of restitutions bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.claims.models import Claim, Restitution
from minassa.registry.public import Actor, allowed


def the_restitution(actor: Actor, restitution: UUID) -> Restitution | None:
    """The restitution of an address, its claim at hand; None when the actor may not read the claim."""
    found = Restitution.objects.select_related("claim__enterprise", "recovery").get(uuid=restitution)
    return found if allowed(actor, "claim.open", found.claim) else None


def claim_of(restitution: Restitution) -> Claim:
    """The claim of a restitution: what the policy is asked about."""
    return restitution.claim
