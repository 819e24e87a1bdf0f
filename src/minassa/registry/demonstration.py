"""The invented people, firms and bodies of the demonstration. Made again without harm: what is there is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, Final, NamedTuple

import yaml
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from minassa.nation.invented_numbers import MOST_FIRMS, affiliation
from minassa.registry.accounts import Account, Power, Role
from minassa.registry.actors import actor_of, system_actor
from minassa.registry.bodies import Body, Park
from minassa.registry.enterprises import Enterprise, Group, Shareholding
from minassa.registry.errors import RegistryError
from minassa.registry.registering import searchable
from minassa.vocabulary.identifiers import affiliation_with_key, ice_with_key

DOMAIN: Final = "minassa.example"
SINCE: Final = date(2026, 1, 1)
"""The day since which invented rights hold."""
ACTOR: Final = system_actor("demonstration")

_FIRST_AFFILIATION: Final = 990_001
_FIRST_MADE_UP: Final = 990_010
_FIRST_ICE: Final = 999_900_001
_FIRST_FISCAL_ID: Final = 99_900_001
_FIRST_RC: Final = 999_001


class NotADemonstration(RegistryError):
    """Invented accounts are never made on a production platform."""

    code = "not-a-demonstration"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented account: how to enter it, and what it is for. The password is empty when it was made earlier."""

    email: str
    password: str
    full_name: str
    rights: str
    second_factor: bool


@transaction.atomic
def accounts(password: str | None = None) -> list[DemoAccount]:
    """Make bodies, P2I, firms, accounts and mandates; every account of the demonstration, in order.

    A password is drawn unless given; given, it becomes that of accounts made earlier too. NotADemonstration in
    production.
    """
    if not settings.MINASSA_DEMONSTRATION:
        raise NotADemonstration("Les comptes de démonstration ne se créent pas sur une plateforme en service.")
    told = _told()
    bodies = {row["code"]: _body(row) for row in told["bodies"]}
    for row in told["parks"]:
        Park.objects.get_or_create(place=row["place"], defaults={"manager": bodies[row["manager"]], "since": SINCE})
    firms = {row["key"]: _firm(rank, row) for rank, row in enumerate(told["enterprises"])}
    for row in told["shareholders"]:
        _shareholder(firms[row["held"]], firms[row["holder"]], row["share_basis_points"])
    drawn = password or secrets.token_urlsafe(12)
    hashed = _hashed(drawn, f"{told['accounts'][0]['name']}@{DOMAIN}")
    return [_account(row, bodies, firms, hashed, password or "") for row in told["accounts"]]


def _told() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("minassa.registry").joinpath("demonstration.yaml").read_text("utf-8")
    told: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return told


def _body(row: dict[str, Any]) -> Body:
    return Body.objects.get_or_create(code=row["code"], defaults=row)[0]


def _firm(rank: int, row: dict[str, Any]) -> Enterprise:
    group = Group.objects.get_or_create(name=row["group"])[0] if row["group"] else None
    firm = Enterprise(
        ice=ice_with_key((_FIRST_ICE + rank) * 10_000),
        fiscal_id=_FIRST_FISCAL_ID + rank,
        rc=str(_FIRST_RC + rank),
        affiliation=_affiliation(rank),
        group=group,
        **{name: row[name] for name in ("name", "name_arabic", "activity", "filiere", "place")},
    )
    known = Enterprise.objects.filter(ice=firm.ice).first()
    if known is not None:
        return known
    firm.search = searchable(firm)
    firm.save()
    firm.establishments.create(number=1, place=firm.place, opened_on=SINCE)
    return firm


def _affiliation(rank: int) -> int:
    """A number of the hand-made range; once it is used up, one of the last that a made-up country would take."""
    hand_made = _FIRST_AFFILIATION + rank
    if hand_made < _FIRST_MADE_UP:
        return affiliation_with_key(hand_made)
    return affiliation(MOST_FIRMS - 1 - rank)


def _shareholder(held: Enterprise, holder: Enterprise, share_basis_points: int) -> None:
    Shareholding.objects.get_or_create(
        held=held, holder=holder, since=SINCE, defaults={"share_basis_points": share_basis_points}
    )


def _account(
    row: dict[str, Any], bodies: dict[str, Body], firms: dict[str, Enterprise], hashed: Hashed, given: str
) -> DemoAccount:
    email = f"{row['name']}@{DOMAIN}"
    account = Account.objects.filter(email=email).first()
    if account is None:
        fields = {"full_name": row["full_name"], "language": row.get("language", "fr")}
        account = Account.objects.create_user(email, None, **fields)
        shown = hashed.password
    else:
        shown = given
    if shown and account.password != hashed.encoded:
        account.password = hashed.encoded
        account.save(update_fields=["password"])
    rights = _appoint(account, row, bodies) if "body" in row else _mandate(account, row, firms)
    second = actor_of(account).needs_second_factor
    if second and not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, generate_totp_secret())
    return DemoAccount(email, shown, row["full_name"], rights, second)


class Hashed(NamedTuple):
    """A password and its one hash: hashing takes half a second, and invented accounts share their password anyway."""

    password: str
    encoded: str


def _hashed(password: str, email: str) -> Hashed:
    known = Account.objects.filter(email=email).values_list("password", flat=True).first()
    return Hashed(password, known if known and check_password(password, known) else make_password(password))


def _appoint(account: Account, row: dict[str, Any], bodies: dict[str, Body]) -> str:
    body, role = bodies[row["body"]], Role(row["role"])
    account.appointments.get_or_create(body=body, role=role, since=SINCE)
    return f"{role.label}, {body.name}"


def _mandate(account: Account, row: dict[str, Any], firms: dict[str, Enterprise]) -> str:
    said = []
    for power, keys in row["mandates"].items():
        for key in keys:
            account.mandates.get_or_create(enterprise=firms[key], power=Power(power), since=SINCE)
        said.append(f"{Power(power).label} : {', '.join(firms[key].name for key in keys)}")
    return " ; ".join(said)
