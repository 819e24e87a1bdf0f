"""What an address of cases bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.onestop.models import Case, Document, Task
from minassa.registry.public import Actor, allowed


def the_case(actor: Actor, case: UUID) -> Case | None:
    """The case of an address; None when the actor may not open it."""
    found = Case.objects.select_related("enterprise", "procedure").get(uuid=case)
    return found if allowed(actor, "case.open", found) else None


def the_document(actor: Actor, document: UUID) -> Document | None:
    """The document of an address; None when the actor may not read it."""
    found = Document.objects.select_related("enterprise").get(uuid=document)
    return found if allowed(actor, "document.read", found) else None


def the_task(actor: Actor, case: UUID, step: str) -> Task | None:
    """The task of an address: a step of a case; None when the actor does not work on it."""
    found = Task.objects.select_related("case__enterprise", "case__procedure", "body", "assignee").get(
        case__uuid=case, step=step
    )
    return found if allowed(actor, "task.open", found) else None
