"""State and constraints of the registry; acts stand in their own modules."""

from __future__ import annotations

from minassa.registry.accounts import Account, Appointment, Invitation, Mandate, Power, Role
from minassa.registry.bodies import Body, BodyKind, Park
from minassa.registry.enterprises import Enterprise, Establishment, Group, Shareholding
from minassa.registry.persons import Person

__all__ = [
    "Account",
    "Appointment",
    "Body",
    "BodyKind",
    "Enterprise",
    "Establishment",
    "Group",
    "Invitation",
    "Mandate",
    "Park",
    "Person",
    "Power",
    "Role",
    "Shareholding",
]
