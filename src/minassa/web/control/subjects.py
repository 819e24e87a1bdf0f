"""What an address of control bears on."""

from __future__ import annotations

from uuid import UUID

from minassa.claims.models import Contest, Draw
from minassa.registry.public import Actor, allowed


def the_contest(actor: Actor, contest: UUID) -> Contest | None:
    """The contest of an address; None when the actor may not answer it."""
    found = Contest.objects.select_related("line", "claim__enterprise").get(uuid=contest)
    return found if allowed(actor, "claim.answer", found) else None


def the_draw(_actor: Actor, draw: UUID) -> Draw:
    """The draw of an address: what is published of it is for everyone."""
    return Draw.objects.get(uuid=draw)
