"""Places of the quota: taken together under the three counts of a year, or not at all; given back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.public import Actor
from minassa.visas.errors import QuotaFull
from minassa.visas.parameters import parameter_on
from minassa.visas.visa_models import Move, QuotaCount, Scope, Visa, VisaMove

PARAMETERS: Final = {Scope.NATION: "quota_nation", Scope.REGION: "quota_region", Scope.FIRM: "quota_firm"}
Key = tuple[Scope, int]


def keys_of(region: int, enterprise_id: int) -> tuple[Key, ...]:
    """The three counts of a place, in the order in which everyone takes them."""
    return (Scope.NATION, 0), (Scope.REGION, region), (Scope.FIRM, enterprise_id)


def take_place(year: int, region: int, enterprise_id: int, on: date) -> None:
    """Take a place under each count, in one transaction. QuotaFull names the first count that has none left.

    The statement that adds one asks that there be room: of two at one instant, the second reads what the first wrote.
    """
    with transaction.atomic():
        for scope, subject in keys_of(region, enterprise_id):
            places = parameter_on(PARAMETERS[scope], on).value
            row = {"year": year, "scope": scope, "subject": subject}
            QuotaCount.objects.bulk_create([QuotaCount(**row, places=places)], ignore_conflicts=True)
            taken = QuotaCount.objects.filter(**row, used__lt=places).update(used=F("used") + 1, places=places)
            if not taken:
                raise QuotaFull(_("Aucune place ne reste sous ce quota cette année."), scope=scope.value)


def give_back(visa: Visa) -> None:
    """Give back the place of a visa under each of its counts."""
    for scope, subject in keys_of(visa.region, visa.enterprise_id):
        QuotaCount.objects.filter(year=visa.year, scope=scope, subject=subject).update(used=F("used") - 1)


def moved(actor: Actor, visa: Visa, move: Move, at: datetime) -> None:
    """Write a move of a place, and tell the journal."""
    VisaMove.objects.create(visa=visa, move=move, by=str(actor), at=at)
    body = {"case": visa.case_id, "list": visa.listed_id, "year": visa.year}
    append(f"visa:{visa.pk}", f"visa.{move.value}", str(actor), body, at)
