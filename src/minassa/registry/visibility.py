"""Which rows an actor may know of, as conditions on indexed columns; actions on them ask the policy besides."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from minassa.registry.accounts import Role
from minassa.registry.actors import Actor
from minassa.registry.enterprises import Enterprise, Establishment

EVERY_ENTERPRISE: Final = frozenset(
    {
        Role.OFFICER,
        Role.SUPERVISOR,
        Role.CTO_MEMBER,
        Role.SECRETARIAT,
        Role.STEERING_MEMBER,
        Role.ANALYST,
        Role.ADMINISTRATOR,
    }
)
"""Roles that see who the enterprises of the offer are. What their files hold is another matter."""

PERSON_ROLES: Final = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.SECRETARIAT, Role.CTO_MEMBER})
"""Roles that see the persons named in cases. The administrator of the platform is not one of them."""

NONE: Final = Q(pk__in=())


def visible_enterprises(actor: Actor, prefix: str = "") -> Q:
    """Condition of the enterprises that the actor may know of; `prefix` leads to them (`"enterprise__"`).

    Whoever instructs or decides sees them all, those who manage a P2I or check its answers those that have a place of
    work there, a person with a mandate those that gave it. Everyone else sees none.
    """
    if actor.has_role_everywhere(*EVERY_ENTERPRISE) or actor.system:
        return Q()
    seen = Q(**{f"{prefix}pk__in": sorted(actor.enterprises())})
    if actor.places:
        there = Establishment.objects.filter(place__in=actor.places).values("enterprise_id")
        seen |= Q(**{f"{prefix}place__in": actor.places}) | Q(**{f"{prefix}pk__in": there})
    return seen


def visible_persons(actor: Actor, prefix: str = "") -> Q:
    """Condition of the persons named in cases that the actor may know of."""
    if actor.has_role_everywhere(*PERSON_ROLES):
        return Q()
    seen = Q(**{f"{prefix}enterprise__in": sorted(actor.enterprises())})
    if actor.places:
        seen |= Q(**{f"{prefix}enterprise__place__in": actor.places})
    return seen


def sees_enterprise(actor: Actor, enterprise: Enterprise) -> bool:
    """Whether the actor may know of this enterprise; one query unless they see them all."""
    condition = visible_enterprises(actor)
    return not condition or Enterprise.objects.filter(condition, pk=enterprise.pk).exists()


def manages_place_of(actor: Actor, enterprise: Enterprise) -> bool:
    """Whether the actor manages a P2I where the enterprise works."""
    return bool(actor.places) and (
        enterprise.place in actor.places or enterprise.establishments.filter(place__in=actor.places).exists()
    )
