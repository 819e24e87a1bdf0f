"""What an address of consultations bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.consultations.models import FirmRequest, Hearing, Meeting, Poll
from minassa.consultations.public import FIRM, may_read_hearing, may_read_request
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor


def the_request(actor: Actor, firm_request: UUID) -> FirmRequest | None:
    """A request, for the firm that made it and who follows consultations; None for anyone else."""
    found = FirmRequest.objects.select_related("enterprise").get(uuid=firm_request)
    return found if may_read_request(actor, found) else None


def the_hearing(actor: Actor, hearing: UUID) -> Hearing | None:
    """A hearing, for who holds them, and for the firm that was heard; None for anyone else."""
    found = Hearing.objects.select_related("enterprise").get(uuid=hearing)
    return found if may_read_hearing(actor, found) else None


def the_poll(_actor: Actor, poll: UUID) -> Poll:
    """A poll: that it exists is known to whoever may see consultations."""
    return Poll.objects.get(uuid=poll)


def the_meeting(_actor: Actor, meeting: UUID) -> Meeting:
    """An event: that it exists is known to whoever may see consultations."""
    return Meeting.objects.get(uuid=meeting)


def own_firms(actor: Actor) -> list[Enterprise]:
    """The firms that the actor may speak for, by name."""
    return list(Enterprise.objects.filter(pk__in=actor.enterprises(*FIRM)).order_by("name"))
