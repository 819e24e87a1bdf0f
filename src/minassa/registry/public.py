"""The door of the registry: what the packages above may call."""

from __future__ import annotations

from minassa.registry.actors import (
    VISITOR,
    Actor,
    Appointed,
    Mandated,
    actor_of,
    body_actor,
    in_force,
    system_actor,
)
from minassa.registry.folding import fold, words
from minassa.registry.policy import SIGNED_IN, Forbidden, UnknownAction, action, allowed, require, rules

__all__ = [
    "SIGNED_IN",
    "VISITOR",
    "Actor",
    "Appointed",
    "Forbidden",
    "Mandated",
    "UnknownAction",
    "action",
    "actor_of",
    "allowed",
    "body_actor",
    "fold",
    "in_force",
    "require",
    "rules",
    "system_actor",
    "words",
]
