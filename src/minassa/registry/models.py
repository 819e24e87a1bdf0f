"""State and constraints of the registry; acts stand in their own modules."""

from __future__ import annotations

from minassa.registry.accounts import Account, Appointment, Mandate, Power, Role
from minassa.registry.bodies import Body, BodyKind, Park
from minassa.registry.enterprises import Enterprise, Establishment, Group, Shareholding
from minassa.registry.invitation_models import AccountRequest, Invitation, RequestState
from minassa.registry.limits import Bucket
from minassa.registry.persons import Person

__all__ = [
    "Account",
    "AccountRequest",
    "Appointment",
    "Body",
    "BodyKind",
    "Bucket",
    "Enterprise",
    "Establishment",
    "Group",
    "Invitation",
    "Mandate",
    "Park",
    "Person",
    "Power",
    "RequestState",
    "Role",
    "Shareholding",
]
