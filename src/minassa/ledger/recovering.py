"""What a firm gives back when jobs were not kept: the formula is data, the plan is dated, the account balances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.journal.public import append_to_each
from minassa.ledger.budget_models import Entitlement, Instalment, Recovery
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.entitling import locked, operation_on
from minassa.ledger.errors import LedgerError, UnknownParameter, UnknownSubject, WrongAmount
from minassa.ledger.numbering import numbers
from minassa.ledger.parameters import Value, number, parameter
from minassa.ledger.posting import done_before, fingerprint, post, repeatable, require_ground, transfer
from minassa.registry.public import Actor, require
from minassa.vocabulary.periods import first_day, last_day, month_of
from minassa.vocabulary.rounding import Direction, allocate, divide


@dataclass(frozen=True, slots=True)
class Stay:
    """How long the jobs behind an entitlement were kept, and how long they had to be, in months."""

    months_kept: int
    months_required: int


def _pro_rata(paid: int, stay: Stay, citation: str) -> int:
    return divide(paid * (stay.months_required - stay.months_kept), stay.months_required, Direction.HALF_UP, citation)


def _whole(paid: int, _stay: Stay, _citation: str) -> int:
    return paid


METHODS: Final[Mapping[str, Callable[[int, Stay, str], int]]] = MappingProxyType(
    {"pro_rata": _pro_rata, "whole": _whole}
)
"""The values that the parameter `recovery_method` may take."""


def amount_to_recover(paid: int, stay: Stay, on: date) -> tuple[int, Value]:
    """What is to be given back of an amount paid, in centimes, and the parameter by which it was computed.

    0 when the jobs were kept fully, or as long as the tolerance of the day allows. LedgerError for months that cannot
    be, UnknownParameter.
    """
    if stay.months_required <= 0 or stay.months_kept < 0:
        raise LedgerError(_("Les mois gardés et les mois exigés sont des nombres entiers, exigés au moins un."))
    source = parameter("recovery_method", on)
    method = METHODS.get(str(source.value))
    if method is None:
        raise UnknownParameter(f"La méthode « {source.value} » n'est pas connue.", code="recovery_method")
    if stay.months_required - stay.months_kept <= number("recovery_tolerated_months", on):
        return 0, source
    return method(paid, stay, source.citation), source


@repeatable
def recover(actor: Actor, reference: str, stay: Stay, ground: str, key: str, at: datetime) -> Recovery | None:
    """Ask back the part of an entitlement that the months not kept make due, less what was asked back already.

    None when nothing is due. Forbidden, UnknownSubject, LedgerError, KeyConflict.
    """
    entitlement = locked(reference)
    require(actor, "entitlement.keep", entitlement)
    said = require_ground(ground)
    digest = fingerprint("recovery", {"reference": reference, "stay": [stay.months_kept, stay.months_required]})
    if done_before(key, digest) is not None:
        return Recovery.objects.get(transaction__key=key)
    due, _source = amount_to_recover(entitlement.settled, stay, timezone.localdate(at))
    amount = due - entitlement.recovered
    if amount <= 0:
        return None
    legs = transfer(AccountCode.RECEIVABLE, AccountCode.EXPENSE, amount)
    operation = operation_on(entitlement, key, OperationKind.RECOVERY, legs, digest)
    made = post(replace(operation, ground=said), str(actor), at)
    Entitlement.objects.filter(pk=entitlement.pk).update(recovered=F("recovered") + amount)
    return Recovery.objects.create(
        number=numbers("RC", at, 1)[0],
        entitlement=entitlement,
        enterprise_id=entitlement.enterprise_id,
        amount=amount,
        months_kept=stay.months_kept,
        months_required=stay.months_required,
        ground=said,
        transaction=made,
    )


@transaction.atomic
def plan_instalments(actor: Actor, number_of: str, count: int, first_on: date, at: datetime) -> list[Instalment]:
    """Spread what a recovery still leaves due over monthly instalments, replacing the plan before it.

    The parts sum to what is due, to the centime. Forbidden, UnknownSubject, WrongAmount when nothing is due,
    LedgerError for more instalments than the rule of the day allows.
    """
    recovery = held(number_of)
    require(actor, "entitlement.keep", recovery.entitlement)
    most = number("instalments_at_most", timezone.localdate(at))
    if not 1 <= count <= most:
        raise LedgerError(_("Un plan compte de 1 à %(most)d échéances.") % {"most": most})
    if recovery.due < count:
        raise WrongAmount(_("Il ne reste pas de quoi faire ces échéances."))
    last = recovery.instalments.order_by("-plan").values_list("plan", flat=True).first() or 0
    rows = [
        Instalment(recovery=recovery, plan=last + 1, rank=rank, due_on=_months_later(first_on, rank - 1), amount=part)
        for rank, part in enumerate(allocate(recovery.due, [1] * count), start=1)
    ]
    told = {"recovery": recovery.number, "plan": last + 1, "parts": [row.amount for row in rows]}
    append_to_each({f"recovery:{recovery.pk}": (at, [("ledger.plan", told)])}, str(actor))
    return Instalment.objects.bulk_create(rows)


def plan_of(recovery: Recovery) -> list[Instalment]:
    """The instalments of the plan that holds, in order; empty when there is none."""
    last = recovery.instalments.order_by("-plan").values_list("plan", flat=True).first()
    return list(recovery.instalments.filter(plan=last or 0).order_by("rank"))


def held(recovery_number: str) -> Recovery:
    """The recovery, its row held until the end of the transaction; UnknownSubject."""
    rows = Recovery.objects.select_for_update(of=("self",)).select_related("entitlement")
    found = rows.filter(number=recovery_number).first()
    if found is None:
        raise UnknownSubject(_("Aucune somme à rendre ne porte ce numéro."))
    return found


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of the month when it has no such day."""
    month = month_of(day) + months
    return first_day(month).replace(day=min(day.day, last_day(month).day))
