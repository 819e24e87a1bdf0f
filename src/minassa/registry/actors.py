"""Who acts: an account with its rights of the day, the system of a body, a committee that sits, or the platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone

from minassa.registry.accounts import Account, Appointment, Mandate, Power, Role
from minassa.registry.bodies import Park
from minassa.statements import Compiled, Given

_Row: TypeAlias = tuple[str, str, int, str]
_APPOINTMENT: Final = "appointment"
_MANDATE: Final = "mandate"
_PLACE: Final = "place"
_SECOND_FACTOR: Final = "second factor"


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
    """Who acts, and all that gives them rights, on one day.

    Made by `actor_of`, `body_actor`, `committee_actor`, `system_actor`. Exactly one of `account_id`, `client_body`,
    `sitting` and `system` says who it is; none of them: a visitor, who may only see what is public. `sitting` names the
    session of a committee and its item, `voters` the actors who took part in that decision. `places` are the P2I
    managed by the bodies where the account is park manager or supervises one; `park_bodies` the codes of those bodies,
    whose people know of these places only.
    """

    account_id: int | None = None
    email: str = ""
    language: str = "fr"
    appointments: tuple[Appointed, ...] = ()
    mandates: tuple[Mandated, ...] = ()
    places: tuple[int, ...] = ()
    park_bodies: frozenset[str] = frozenset()
    second_factor: bool = False
    client_body: str = ""
    client_scopes: frozenset[str] = frozenset()
    system: str = ""
    sitting: str = ""
    voters: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """The actor as the journal names it: `account:12`, `body:cnss`, `sitting:CTO-2026-0001/3`, `visitor`."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        if self.client_body:
            return f"body:{self.client_body}"
        if self.sitting:
            return f"sitting:{self.sitting}"
        return f"system:{self.system}" if self.system else "visitor"

    @property
    def hands(self) -> frozenset[str]:
        """The actors whose hands act: this one, or those who voted in a committee."""
        return self.voters if self.sitting else frozenset({str(self)})

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

    def has_role_everywhere(self, *roles: str) -> bool:
        """Whether one of these roles is held in a body that is not bounded to a P2I."""
        return any(held.role in roles and held.body_code not in self.park_bodies for held in self.appointments)

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

    An account that was closed is a visitor. One query; pages keep it on `request.actor`.
    """
    account = who.user if isinstance(who, HttpRequest) else who
    if not isinstance(account, Account) or not account.is_active:
        return VISITOR
    rows: list[_Row] = _RIGHTS.values(account=account.pk, day=on or timezone.localdate())
    return Actor(
        account_id=account.pk,
        email=account.email,
        language=account.language,
        appointments=_appointments(rows),
        mandates=_mandates(rows),
        places=tuple(sorted({number for kind, _word, number, _code in rows if kind == _PLACE})),
        park_bodies=frozenset(code for kind, _word, _number, code in rows if kind == _PLACE),
        second_factor=any(kind == _SECOND_FACTOR for kind, *_others in rows),
    )


def body_actor(body_code: str, scopes: Iterable[str] = ()) -> Actor:
    """The system of a body, known by its API client."""
    return Actor(client_body=body_code, client_scopes=frozenset(scopes))


def committee_actor(sitting: str, voters: Iterable[str]) -> Actor:
    """A committee in one decision: its session with the item (`CTO-2026-0001/3`), and the actors who voted."""
    return Actor(sitting=sitting, voters=frozenset(voters))


def system_actor(name: str) -> Actor:
    """The platform itself: `timer`, `outbox`, `demonstration`."""
    return Actor(system=name)


def in_force(day: date | Given) -> Q:
    """Condition of a dated right (`since`, `until`) that holds on a day, both ends included."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def _all_rights() -> QuerySet[Any, Any]:
    account, day = Given("account"), Given("day")
    held = Appointment.objects.filter(in_force(day), account_id=account)
    appointments = held.values_list(Value(_APPOINTMENT), "role", "body_id", "body__code")
    mandates = Mandate.objects.filter(in_force(day), account_id=account)
    managing = held.filter(role__in=(Role.PARK_MANAGER, Role.SUPERVISOR)).values("body")
    parks = Park.objects.filter(manager__in=managing, since__lte=day)
    factors = Authenticator.objects.filter(user_id=account, type=Authenticator.Type.TOTP)
    nothing = Value("")
    return appointments.union(
        mandates.values_list(Value(_MANDATE), "power", "enterprise_id", nothing),
        parks.values_list(Value(_PLACE), nothing, "place", "manager__code"),
        factors.values_list(Value(_SECOND_FACTOR), nothing, "user_id", nothing),
    )


_RIGHTS: Final = Compiled(_all_rights)
"""All that gives rights to an account on a day: what it is, role or power, body, enterprise or place, body's code.

Every page and every call begins here, so it is one query.
"""


def _appointments(rows: Iterable[_Row]) -> tuple[Appointed, ...]:
    held = (Appointed(role, body, code) for kind, role, body, code in rows if kind == _APPOINTMENT)
    return tuple(sorted(held, key=lambda each: (each.body_code, each.role)))


def _mandates(rows: Iterable[_Row]) -> tuple[Mandated, ...]:
    powers: dict[int, set[str]] = {}
    for kind, power, enterprise, _code in rows:
        if kind == _MANDATE:
            powers.setdefault(enterprise, set()).add(power)
    return tuple(Mandated(enterprise, frozenset(held)) for enterprise, held in sorted(powers.items()))
