"""What an address of deposits bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.intake.models import Upload
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed


def the_enterprise(actor: Actor, enterprise: UUID) -> Enterprise | None:
    """The enterprise of an address; None when the actor may not see what it sent."""
    found = Enterprise.objects.get(uuid=enterprise)
    return found if allowed(actor, "upload.list", found) else None


def the_upload(actor: Actor, upload: UUID) -> Upload | None:
    """The file of an address; None when the actor may not open it."""
    found = Upload.objects.select_related("enterprise", "supersedes").get(uuid=upload)
    return found if allowed(actor, "upload.open", found) else None
