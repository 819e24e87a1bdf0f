"""Rights that end, rights given to an account that exists, accounts closed: each act told to the journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.accounts import Account, Appointment, Mandate, Power
from minassa.registry.actors import Actor, in_force
from minassa.registry.bodies import Body
from minassa.registry.enterprises import Enterprise
from minassa.registry.errors import AlreadyHeld, LastSignatory
from minassa.registry.policy import allowed, require
from minassa.registry.registering import STREAM


@transaction.atomic
def end_mandate(actor: Actor, mandate: Mandate, at: datetime) -> None:
    """A mandate holds until yesterday, at once without effect. Forbidden, LastSignatory.

    Only who keeps the platform may leave an enterprise without anybody who signs.
    """
    require(actor, "mandate.end", mandate)
    # Two signatories who end each other's mandate at the same instant wait for one another here.
    Enterprise.objects.select_for_update().get(pk=mandate.enterprise_id)
    today = timezone.localdate(at)
    if mandate.power == Power.SIGN and not allowed(actor, "account.list") and not _others_sign(mandate, today):
        raise LastSignatory(_("Personne d'autre ne signe pour cette entreprise : invitez d'abord un autre signataire."))
    _end(mandate, today)
    body = {"enterprise": str(mandate.enterprise.uuid), "account": mandate.account_id, "power": str(mandate.power)}
    append(STREAM, "mandate.ended", str(actor), body, at)


@transaction.atomic
def appoint(actor: Actor, account: Account, body: Body, role: str, at: datetime) -> Appointment:
    """The account holds a role in a body from today on. Forbidden, AlreadyHeld."""
    require(actor, "appointment.give", body)
    today = timezone.localdate(at)
    if account.appointments.filter(in_force(today), body=body, role=role).exists():
        raise AlreadyHeld(_("Ce compte a déjà ce droit."))
    made = account.appointments.create(body=body, role=role, since=today)
    append(STREAM, "appointment.given", str(actor), _told(made), at)
    return made


@transaction.atomic
def end_appointment(actor: Actor, appointment: Appointment, at: datetime) -> None:
    """A role holds until yesterday, at once without effect. Forbidden."""
    require(actor, "appointment.end", appointment)
    told = _told(appointment)
    _end(appointment, timezone.localdate(at))
    append(STREAM, "appointment.ended", str(actor), told, at)


@transaction.atomic
def set_active(actor: Actor, account: Account, at: datetime, *, active: bool) -> None:
    """Close an account, or open it again; a closed one is a visitor at its next page. Forbidden."""
    require(actor, "account.close", account)
    account.is_active = active
    account.save(update_fields=["is_active"])
    append(STREAM, "account.opened" if active else "account.closed", str(actor), {"account": account.pk}, at)


@transaction.atomic
def change_body(actor: Actor, body: Body, at: datetime, *, answers_by_api: bool, endpoint: str) -> None:
    """How a body answers: by its own system at an address, or by its officers. Forbidden."""
    require(actor, "body.edit", body)
    body.answers_by_api, body.endpoint = answers_by_api, endpoint
    body.save(update_fields=["answers_by_api", "endpoint"])
    append(STREAM, "body.changed", str(actor), {"body": body.code, "by_api": answers_by_api}, at)


def _others_sign(mandate: Mandate, day: date) -> bool:
    signing = Mandate.objects.filter(in_force(day), enterprise=mandate.enterprise_id, power=Power.SIGN)
    return signing.exclude(account=mandate.account_id).filter(account__is_active=True).exists()


def _end(right: Mandate | Appointment, today: date) -> None:
    """Days are whole: what began today never was; anything else held until yesterday."""
    if right.since >= today:
        right.delete()
        return
    right.until = date.fromordinal(today.toordinal() - 1)
    right.save(update_fields=["until"])


def _told(appointment: Appointment) -> dict[str, Any]:
    return {"account": appointment.account_id, "body": appointment.body.code, "role": str(appointment.role)}
