"""Who acts: an account with its appointments and mandates of the day, the system of a body, or the platform itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from minassa.registry.accounts import Account, Power, Role
from minassa.registry.bodies import Park


class Appointed(NamedTuple):
    """A role held in a body on the day."""

    role: str
    body_id: int
    body_code: str


class Mandated(NamedTuple):
    """What an enterprise lets the account do in its name on the day."""

    enterprise_id: int
    powers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and all that gives them rights, on one day. Made by `actor_of`, `body_actor`, `system_actor`.

    Exactly one of `account_id`, `client_body` and `system` says who it is; none of them: a visitor, who may only see
    what is public. `places` are the P2I managed by the bodies where the account is park manager.
    """

    account_id: int | None = None
    email: str = ""
    language: str = "fr"
    appointments: tuple[Appointed, ...] = ()
    mandates: tuple[Mandated, ...] = ()
    places: tuple[int, ...] = ()
    client_body: str = ""
    client_scopes: frozenset[str] = frozenset()
    system: str = ""

    def __str__(self) -> str:
        """The actor as logs and the journal name it: `account:12`, `body:cnss`, `system:timer`, `visitor`."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        if self.client_body:
            return f"body:{self.client_body}"
        return f"system:{self.system}" if self.system else "visitor"

    @property
    def signed_in(self) -> bool:
        """Whether it is a person with an account."""
        return self.account_id is not None

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password is not enough: whoever is appointed in a body, whoever may sign for an enterprise."""
        return bool(self.appointments) or any(Power.SIGN in mandate.powers for mandate in self.mandates)

    def has_role(self, *roles: str) -> bool:
        """Whether one of these roles is held, in any body."""
        return any(held.role in roles for held in self.appointments)

    def bodies(self, *roles: str) -> frozenset[str]:
        """Codes of the bodies where one of these roles is held (any role when none is named), or of its own system."""
        held = {each.body_code for each in self.appointments if not roles or each.role in roles}
        return frozenset(held | {self.client_body} if self.client_body else held)

    def in_body(self, body_code: str, *roles: str) -> bool:
        """Whether one of these roles (any when none is named) is held in that body, or its own system acts."""
        return body_code in self.bodies(*roles)

    def enterprises(self, *powers: str) -> frozenset[int]:
        """Enterprises that give one of these powers, any when none is named."""
        return frozenset(m.enterprise_id for m in self.mandates if not powers or m.powers & set(powers))

    def may_act_for(self, enterprise_id: int, *powers: str) -> bool:
        """Whether this enterprise gives one of these powers, any when none is named."""
        return enterprise_id in self.enterprises(*powers)


VISITOR = Actor()


def actor_of(who: HttpRequest | Account | AnonymousUser, on: date | None = None) -> Actor:
    """The actor behind a request or an account, with the rights of one day (today in Morocco unless told).

    An account that was closed is a visitor. Four short queries; pages keep it on `request.actor`.
    """
    account = who.user if isinstance(who, HttpRequest) else who
    if not isinstance(account, Account) or not account.is_active:
        return VISITOR
    day = on or timezone.localdate()
    appointments = _appointments(account, day)
    managed = [held.body_id for held in appointments if held.role == Role.PARK_MANAGER]
    return Actor(
        account_id=account.pk,
        email=account.email,
        language=account.language,
        appointments=appointments,
        mandates=_mandates(account, day),
        places=_places(managed, day),
    )


def body_actor(body_code: str, scopes: Iterable[str] = ()) -> Actor:
    """The system of a body, known by its API client."""
    return Actor(client_body=body_code, client_scopes=frozenset(scopes))


def system_actor(name: str) -> Actor:
    """The platform itself: `timer`, `outbox`, `demonstration`."""
    return Actor(system=name)


def in_force(day: date) -> Q:
    """Condition of a dated right (`since`, `until`) that holds on a day, both ends included."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def _appointments(account: Account, day: date) -> tuple[Appointed, ...]:
    rows = account.appointments.filter(in_force(day)).order_by("body__code", "role")
    return tuple(Appointed(*row) for row in rows.values_list("role", "body_id", "body__code").distinct())


def _mandates(account: Account, day: date) -> tuple[Mandated, ...]:
    powers: dict[int, set[str]] = {}
    for enterprise, power in account.mandates.filter(in_force(day)).values_list("enterprise_id", "power"):
        powers.setdefault(enterprise, set()).add(power)
    return tuple(Mandated(enterprise, frozenset(held)) for enterprise, held in sorted(powers.items()))


def _places(managers: list[int], day: date) -> tuple[int, ...]:
    if not managers:
        return ()
    return tuple(
        Park.objects.filter(manager__in=managers, since__lte=day).order_by("place").values_list("place", flat=True)
    )
