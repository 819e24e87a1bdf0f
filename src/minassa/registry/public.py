"""The door of the registry: what the packages above may call."""

from __future__ import annotations

from minassa.registry.actors import (
    VISITOR,
    Actor,
    Appointed,
    Mandated,
    actor_of,
    body_actor,
    committee_actor,
    in_force,
    system_actor,
)
from minassa.registry.errors import (
    AlreadyAnswered,
    AlreadyHeld,
    AlreadyKnown,
    LastSignatory,
    OnePowerEach,
    RegistryError,
    WeakPassword,
    WrongIdentity,
    WrongInvitation,
)
from minassa.registry.invitations import accept, invitation_of, invite, join, pending, revoke
from minassa.registry.limits import TooOften, peek, require_token, sweep, take
from minassa.registry.people import Civil, keep_person, persons_by_name, persons_by_number
from minassa.registry.policy import SIGNED_IN, Forbidden, UnknownAction, action, allowed, require, rules
from minassa.registry.registering import Identity, correct, findings, register
from minassa.registry.requests import Asked, answer, ask, refuse, visible_requests
from minassa.registry.rights import appoint, change_body, end_appointment, end_mandate, set_active
from minassa.registry.rules import Offered
from minassa.registry.structure import (
    WrongDates,
    close_establishment,
    join_group,
    open_establishment,
    record_shareholder,
)
from minassa.registry.visibility import sees_enterprise, visible_enterprises, visible_persons
from minassa.vocabulary.folding import fold, words

__all__ = [
    "SIGNED_IN",
    "VISITOR",
    "Actor",
    "AlreadyAnswered",
    "AlreadyHeld",
    "AlreadyKnown",
    "Appointed",
    "Asked",
    "Civil",
    "Forbidden",
    "Identity",
    "LastSignatory",
    "Mandated",
    "Offered",
    "OnePowerEach",
    "RegistryError",
    "TooOften",
    "UnknownAction",
    "WeakPassword",
    "WrongDates",
    "WrongIdentity",
    "WrongInvitation",
    "accept",
    "action",
    "actor_of",
    "allowed",
    "answer",
    "appoint",
    "ask",
    "body_actor",
    "change_body",
    "close_establishment",
    "committee_actor",
    "correct",
    "end_appointment",
    "end_mandate",
    "findings",
    "fold",
    "in_force",
    "invitation_of",
    "invite",
    "join",
    "join_group",
    "keep_person",
    "open_establishment",
    "peek",
    "pending",
    "persons_by_name",
    "persons_by_number",
    "record_shareholder",
    "refuse",
    "register",
    "require",
    "require_token",
    "revoke",
    "rules",
    "sees_enterprise",
    "set_active",
    "sweep",
    "system_actor",
    "take",
    "visible_enterprises",
    "visible_persons",
    "visible_requests",
    "words",
]
