"""What a firm gives back when jobs were not kept, or nothing was due: the formula is data, the account balances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.entitling import COST, Grant, locked
from minassa.ledger.errors import LedgerError, UnknownParameter, WrongAmount
from minassa.ledger.numbering import numbers
from minassa.ledger.parameters import Value, number, parameter
from minassa.ledger.posting import (
    Operation,
    done_before,
    fingerprint,
    post,
    repeatable,
    require_amount,
    require_ground,
    transfer,
)
from minassa.registry.public import Actor, require
from minassa.vocabulary.rounding import Direction, divide


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


@dataclass(frozen=True, slots=True)
class Debt:
    """What a firm is to give back: under which reference, how much, why, and by which months when they made it due."""

    given: Grant
    ground: str
    nature: Recovery.Nature = Recovery.Nature.RECOVERY
    kind: OperationKind = OperationKind.RECOVERY
    stay: Stay | None = None


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
    given = Grant(reference, entitlement.enterprise_id, entitlement.measure, entitlement.budget_year, amount)
    return _written(actor, Debt(given, said, stay=stay), entitlement, key, digest, at=at)


def ask_back(actor: Actor, given: Grant, ground: str, key: str, at: datetime, *, stay: Stay | None = None) -> Recovery:
    """Ask back centimes of what was paid under a reference, or owed by a decision that no entitlement bears.

    Forbidden, WrongAmount beyond what was paid and not asked back, LedgerError without ground, KeyConflict.
    """
    return owed(actor, Debt(given, ground, stay=stay), key, at)


@repeatable
def owed(actor: Actor, debt: Debt, key: str, at: datetime) -> Recovery:
    """Write what a firm is to give back; as `ask_back`."""
    given = debt.given
    require_amount(given.amount)
    entitlement = Entitlement.objects.select_for_update().filter(reference=given.reference).first()
    require(actor, "entitlement.keep", entitlement or given)
    said = {name: getattr(given, name) for name in Grant.__slots__}
    digest = fingerprint(f"owed:{debt.nature}", said)
    if done_before(key, digest) is not None:
        return Recovery.objects.get(transaction__key=key)
    if entitlement is not None and given.amount > entitlement.settled - entitlement.recovered:
        bound = entitlement.settled - entitlement.recovered
        raise WrongAmount(_("Ce montant passe ce qui a été payé et n'est pas encore à rendre."), bound=bound)
    debt = replace(debt, ground=require_ground(debt.ground))
    return _written(actor, debt, entitlement, key, digest, at=at)


_CREDITED: Final[Mapping[str, AccountCode]] = MappingProxyType(
    {OperationKind.RECOVERY: AccountCode.EXPENSE, OperationKind.CORRECTION: AccountCode.TREASURY}
)
"""What is credited when a firm owes; for an entitlement that is an advance, what that advance weighs on."""


def _written(
    actor: Actor, debt: Debt, entitlement: Entitlement | None, key: str, digest: str, *, at: datetime
) -> Recovery:
    given = debt.given
    credited = _CREDITED.get(debt.kind, AccountCode.ADVANCES)
    if entitlement is not None and credited is AccountCode.EXPENSE:
        credited = COST[entitlement.nature]
    operation = Operation(
        key=key,
        kind=debt.kind,
        measure=given.measure,
        budget_year=given.budget_year,
        subject=given.reference,
        stream=f"owed:{given.reference}" if entitlement is None else f"entitlement:{entitlement.pk}",
        legs=transfer(AccountCode.RECEIVABLE, credited, given.amount),
        enterprise_id=given.enterprise_id,
        ground=debt.ground,
        fingerprint=digest,
    )
    made = post(operation, str(actor), at)
    if entitlement is not None:
        Entitlement.objects.filter(pk=entitlement.pk).update(recovered=F("recovered") + given.amount)
    return Recovery.objects.create(
        number=numbers("RC", at, 1)[0],
        reference=given.reference,
        nature=debt.nature,
        measure=given.measure,
        budget_year=given.budget_year,
        entitlement=entitlement,
        enterprise_id=given.enterprise_id,
        amount=given.amount,
        months_kept=debt.stay.months_kept if debt.stay else None,
        months_required=debt.stay.months_required if debt.stay else None,
        ground=debt.ground,
        transaction=made,
    )
