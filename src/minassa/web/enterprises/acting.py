"""The enterprise one acts for now, among those that gave a mandate: chosen in the head of the page."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, actor_of

KEY: Final = "acting_enterprise"


def acting_choices(actor: Actor) -> list[Enterprise]:
    """The enterprises that gave the actor a mandate in force, by name."""
    return list(Enterprise.objects.filter(pk__in=actor.enterprises()).order_by("name", "pk"))


def acting_enterprise(request: HttpRequest, choices: list[Enterprise] | None = None) -> Enterprise | None:
    """The enterprise chosen in this session, else the first; None for who has no mandate.

    A choice whose mandate has ended is no choice any more.
    """
    offered = acting_choices(_actor(request)) if choices is None else choices
    chosen = request.session.get(KEY)
    return next((each for each in offered if each.pk == chosen), offered[0] if offered else None)


def choose(request: HttpRequest, actor: Actor, uuid: UUID) -> bool:
    """Act for this enterprise from now on; whether it is one of those that gave a mandate."""
    chosen = next((each for each in acting_choices(actor) if each.uuid == uuid), None)
    if chosen is not None:
        request.session[KEY] = chosen.pk
    return chosen is not None


def acting(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `acting_choices`, `acting_enterprise`."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"acting_choices": [], "acting_enterprise": None}
    actor = _actor(request)
    choices = acting_choices(actor) if actor.mandates else []
    return {"acting_choices": choices, "acting_enterprise": acting_enterprise(request, choices)}


def _actor(request: HttpRequest) -> Actor:
    found = getattr(request, "actor", None)
    return found if isinstance(found, Actor) else actor_of(request)
