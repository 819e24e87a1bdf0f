"""What an address of claims bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.claims.models import Claim, Line
from minassa.registry.public import Actor, allowed


def the_claim(actor: Actor, claim: UUID) -> Claim | None:
    """The claim of an address; None when the actor may not read it."""
    found = Claim.objects.select_related("enterprise", "control", "superseded_by").get(uuid=claim)
    return found if allowed(actor, "claim.open", found) else None


def the_line(actor: Actor, claim: UUID, line: int) -> Line | None:
    """The line of an address, its claim at hand; None when the actor may not read the claim."""
    found = the_claim(actor, claim)
    if found is None:
        return None
    held = Line.objects.get(pk=line, claim=found)
    held.claim = found
    return held


def claim_of(line: Line) -> Claim:
    """The claim of a line: what the policy is asked about."""
    return line.claim
