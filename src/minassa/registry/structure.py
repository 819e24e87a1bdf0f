"""Where an enterprise works, which group it belongs to, who holds it: dated facts, each told to the journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.actors import Actor
from minassa.registry.enterprises import Enterprise, Establishment, Group, Shareholding
from minassa.registry.errors import AlreadyHeld, RegistryError
from minassa.registry.policy import require
from minassa.registry.registering import STREAM


class WrongDates(RegistryError):
    """An establishment that closes before it opens."""

    code = "dates-wrong"


@transaction.atomic
def open_establishment(
    actor: Actor, enterprise: Enterprise, *, place: int, address: str, opened_on: date, at: datetime
) -> Establishment:
    """A new place of work, under the next number. Forbidden."""
    require(actor, "enterprise.edit", enterprise)
    # The row of the enterprise is held so that two establishments opened at once get two numbers.
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    last = enterprise.establishments.aggregate(last=Max("number"))["last"] or 0
    made = enterprise.establishments.create(number=last + 1, place=place, address=address, opened_on=opened_on)
    _tell(actor, "establishment.opened", enterprise, {"number": made.number, "place": place}, at)
    return made


@transaction.atomic
def close_establishment(actor: Actor, establishment: Establishment, closed_on: date, at: datetime) -> None:
    """The last day of a place of work. Forbidden, WrongDates."""
    require(actor, "enterprise.edit", establishment.enterprise)
    if closed_on < establishment.opened_on:
        raise WrongDates(_("La fermeture précède l'ouverture : vérifiez les deux dates."))
    establishment.closed_on = closed_on
    establishment.save(update_fields=["closed_on"])
    _tell(actor, "establishment.closed", establishment.enterprise, {"number": establishment.number}, at)


@transaction.atomic
def join_group(actor: Actor, enterprise: Enterprise, group_name: str, at: datetime) -> Group | None:
    """The enterprise belongs to the group of this name, made if need be; to none when the name is empty. Forbidden."""
    require(actor, "enterprise.link", enterprise)
    name = group_name.strip()
    enterprise.group = Group.objects.get_or_create(name=name)[0] if name else None
    enterprise.save(update_fields=["group"])
    _tell(actor, "group.joined", enterprise, {"group": enterprise.group_id or 0}, at)
    return enterprise.group


def record_shareholder(
    actor: Actor, held: Enterprise, holder: Enterprise, *, share_basis_points: int, since: date, at: datetime
) -> Shareholding:
    """Who holds what share (basis points) of an enterprise from a day on. Forbidden, AlreadyHeld."""
    require(actor, "enterprise.link", held)
    try:
        with transaction.atomic():
            made = Shareholding.objects.create(
                held=held, holder=holder, share_basis_points=share_basis_points, since=since
            )
            body = {"holder": str(holder.uuid), "share": share_basis_points}
            _tell(actor, "shareholder.recorded", held, body, at)
    except IntegrityError as impossible:
        raise AlreadyHeld(_("Cette participation est déjà notée, ou ne peut pas l'être.")) from impossible
    return made


def _tell(actor: Actor, kind: str, enterprise: Enterprise, body: dict[str, Any], at: datetime) -> None:
    append(STREAM, kind, str(actor), {"enterprise": str(enterprise.uuid), **body}, at)
