"""What the first page shows, role after role: each section is a template and what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from minassa.registry.models import Role
from minassa.registry.public import Actor
from minassa.web.home.agency import checking, queue
from minassa.web.home.claims import to_answer, to_control, to_sign
from minassa.web.home.committee import deciding
from minassa.web.home.firm import cases_under_way, to_do
from minassa.web.home.money import money
from minassa.web.home.nation import nation
from minassa.web.home.parks import parks
from minassa.web.home.platform import platform
from minassa.web.home.replays import replays
from minassa.web.home.sittings import sittings


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the first page: the template that shows it, and what the template reads."""

    template: str
    content: Mapping[str, Any] = field(default_factory=dict)


Reading = Callable[[Actor, datetime], Mapping[str, Any]]


def _nothing(_actor: Actor, _now: datetime) -> Mapping[str, Any]:
    return {}


_FIRM: Final[tuple[tuple[str, Reading], ...]] = (
    ("to_do", to_do),
    ("to_sign", to_sign),
    ("to_answer", to_answer),
    ("money", money),
    ("under_way", cases_under_way),
)
_ROLES: Final[tuple[tuple[frozenset[str], str, Reading], ...]] = (
    (frozenset({Role.SUPERVISOR}), "checking", checking),
    (frozenset({Role.OFFICER, Role.SUPERVISOR}), "queue", queue),
    (frozenset({Role.PARK_MANAGER}), "parks", parks),
    (frozenset({Role.CTO_MEMBER, Role.SECRETARIAT, Role.STEERING_MEMBER}), "sittings", sittings),
    (frozenset({Role.CTO_MEMBER, Role.SECRETARIAT}), "deciding", deciding),
    (frozenset({Role.OFFICER, Role.SUPERVISOR, Role.SECRETARIAT}), "to_control", to_control),
    (frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR}), "replays", replays),
    (frozenset({Role.STEERING_MEMBER}), "steering", nation),
    (frozenset({Role.FEDERATION}), "federation", nation),
    (frozenset({Role.TRAINING}), "training", _nothing),
    (frozenset({Role.ANALYST}), "analyst", nation),
    (frozenset({Role.ADMINISTRATOR}), "platform", platform),
)


def sections_for(actor: Actor, now: datetime) -> list[Section]:
    """The sections of an actor, the firm's first; none for an account without mandate nor appointment."""
    chosen = list(_FIRM) if actor.mandates else []
    chosen += [(name, read) for roles, name, read in _ROLES if actor.has_role(*roles)]
    return [Section(f"web/home/{name}.html", read(actor, now)) for name, read in chosen]
