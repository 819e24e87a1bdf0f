"""What an address of conventions bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.conventions.models import Advance, Amendment, Convention, Hearing
from minassa.registry.public import Actor, allowed


def the_convention(actor: Actor, convention: UUID) -> Convention | None:
    """The convention of an address; None when the actor may not read it."""
    found = Convention.objects.select_related("enterprise").get(uuid=convention)
    return found if allowed(actor, "convention.open", found) else None


def the_amendment(actor: Actor, amendment: UUID) -> Amendment | None:
    """The amendment of an address; None when the actor may not read its convention."""
    found = Amendment.objects.select_related("convention__enterprise").get(uuid=amendment)
    return found if allowed(actor, "convention.open", found.convention) else None


def the_advance(actor: Actor, advance: UUID) -> Advance | None:
    """The advance of an address; None when the actor may not read its convention."""
    found = Advance.objects.select_related("convention__enterprise").get(uuid=advance)
    return found if allowed(actor, "convention.open", found.convention) else None


def the_hearing(actor: Actor, hearing: UUID) -> Hearing | None:
    """The hearing of an address; None when the actor may not read its convention."""
    found = Hearing.objects.select_related("convention__enterprise", "line__advance").get(uuid=hearing)
    return found if allowed(actor, "convention.open", found.convention) else None


def convention_of(held: Amendment | Advance | Hearing) -> Convention:
    """The convention of what an address bears on: what the policy is asked about."""
    return held.convention
