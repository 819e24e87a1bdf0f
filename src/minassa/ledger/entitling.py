"""What a decision gives a firm: recognised, committed on credits, suspended, released. Each once for its key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.ledger.budget_models import Entitlement
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.envelopes import draw, hold_measures
from minassa.ledger.errors import UnknownSubject, WrongAmount
from minassa.ledger.parameters import parameter
from minassa.ledger.posting import (
    Leg,
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


@dataclass(frozen=True, slots=True)
class Grant:
    """What was decided: its reference (of the claim or decision), the firm, the measure, the year, the centimes."""

    reference: str
    enterprise_id: int
    measure: str
    budget_year: int
    amount: int


COST: Final[Mapping[str, AccountCode]] = MappingProxyType(
    {Entitlement.Nature.RIGHT: AccountCode.EXPENSE, Entitlement.Nature.ADVANCE: AccountCode.ADVANCES}
)
"""What an entitlement weighs on: an expense, or an advance that will be imputed."""
_RECOGNISED: Final[Mapping[str, OperationKind]] = MappingProxyType(
    {Entitlement.Nature.RIGHT: OperationKind.ENTITLEMENT, Entitlement.Nature.ADVANCE: OperationKind.ADVANCE}
)


def grant(actor: Actor, given: Grant, key: str, at: datetime) -> Entitlement:
    """Recognise what a firm is entitled to. Forbidden, WrongAmount, KeyConflict."""
    return recognised(actor, given, Entitlement.Nature.RIGHT, key, at)


def recognised(actor: Actor, given: Grant, nature: Entitlement.Nature, key: str, at: datetime) -> Entitlement:
    """Recognise a right or an advance; as `grant`."""
    require(actor, "entitlement.keep", given)
    require_amount(given.amount)
    return _recognised(actor, given, nature, key, at)


@repeatable
def _recognised(actor: Actor, given: Grant, nature: Entitlement.Nature, key: str, at: datetime) -> Entitlement:
    asked = "grant" if nature == Entitlement.Nature.RIGHT else str(nature)
    digest = fingerprint(asked, {name: getattr(given, name) for name in Grant.__slots__})
    earlier = done_before(key, digest)
    if earlier is not None:
        return Entitlement.objects.get(reference=given.reference)
    body = str(parameter("paying_body", timezone.localdate(at)).value)
    made = Entitlement.objects.create(
        reference=given.reference,
        enterprise_id=given.enterprise_id,
        measure=given.measure,
        budget_year=given.budget_year,
        body=body,
        nature=nature,
        amount=given.amount,
    )
    legs = transfer(COST[nature], AccountCode.ENTITLED, given.amount)
    post(operation_on(made, key, _RECOGNISED[nature], legs, digest), str(actor), at)
    return made


@dataclass(frozen=True, slots=True)
class _Change:
    """A counter of an entitlement that moves: its posting, its sign, its bound, whether it draws on the envelope."""

    kind: OperationKind
    debited: AccountCode
    credited: AccountCode
    counter: str
    sign: int
    bound: Callable[[Entitlement], int]
    on_credits: bool = False


_COMMIT: Final = _Change(
    OperationKind.COMMITMENT,
    AccountCode.CREDITS_COMMITTED,
    AccountCode.CREDITS_AVAILABLE,
    "committed",
    1,
    lambda entitlement: entitlement.amount - entitlement.cancelled - entitlement.committed,
    on_credits=True,
)
_DECOMMIT: Final = _Change(
    OperationKind.DECOMMITMENT,
    AccountCode.CREDITS_AVAILABLE,
    AccountCode.CREDITS_COMMITTED,
    "committed",
    -1,
    lambda entitlement: entitlement.committed - entitlement.ordered,
    on_credits=True,
)
_SUSPEND: Final = _Change(
    OperationKind.SUSPENSION,
    AccountCode.ENTITLED,
    AccountCode.SUSPENDED,
    "suspended",
    1,
    lambda entitlement: entitlement.cancellable,
)
_RELEASE: Final = _Change(
    OperationKind.RELEASE,
    AccountCode.SUSPENDED,
    AccountCode.ENTITLED,
    "suspended",
    -1,
    lambda entitlement: entitlement.suspended,
)


def commit(actor: Actor, reference: str, amount: int, key: str, at: datetime) -> Entitlement:
    """Commit credits for an entitlement. Forbidden, WrongAmount, EnvelopeExceeded, UnknownSubject, KeyConflict."""
    return _change(actor, reference, _COMMIT, amount, key, at)


def decommit(actor: Actor, reference: str, amount: int, key: str, at: datetime) -> Entitlement:
    """Give back credits committed and not ordered. Forbidden, WrongAmount, UnknownSubject, KeyConflict."""
    return _change(actor, reference, _DECOMMIT, amount, key, at)


def suspend(actor: Actor, reference: str, amount: int, ground: str, key: str, at: datetime) -> Entitlement:
    """Suspend what is not ordered yet. Forbidden, WrongAmount, UnknownSubject, KeyConflict."""
    return _change(actor, reference, _SUSPEND, amount, key, at, ground=require_ground(ground))


def release(actor: Actor, reference: str, amount: int, ground: str, key: str, at: datetime) -> Entitlement:
    """Release what was suspended. Forbidden, WrongAmount, UnknownSubject, KeyConflict."""
    return _change(actor, reference, _RELEASE, amount, key, at, ground=require_ground(ground))


@repeatable
def _change(
    actor: Actor, reference: str, change: _Change, amount: int, key: str, at: datetime, *, ground: str = ""
) -> Entitlement:
    require_amount(amount)
    entitlement = locked(reference)
    require(actor, "entitlement.keep", entitlement)
    digest = fingerprint(str(change.kind), {"reference": reference, "amount": amount})
    if done_before(key, digest) is not None:
        return entitlement
    if amount > change.bound(entitlement):
        raise WrongAmount(_("Ce montant passe ce que le droit permet encore."), bound=change.bound(entitlement))
    signed = change.sign * amount
    if change.on_credits:
        draw(entitlement, signed)
    setattr(entitlement, change.counter, getattr(entitlement, change.counter) + signed)
    Entitlement.objects.filter(pk=entitlement.pk).update(**{change.counter: F(change.counter) + signed})
    legs = transfer(change.debited, change.credited, amount)
    operation = operation_on(entitlement, key, change.kind, legs, digest)
    post(replace(operation, ground=ground), str(actor), at)
    return entitlement


@repeatable
def cancel(actor: Actor, reference: str, amount: int, ground: str, key: str, at: datetime) -> Entitlement:
    """Cancel a part of what was recognised and is neither ordered nor suspended; the credits behind it are free again.

    Forbidden, WrongAmount, UnknownSubject, LedgerError without ground, KeyConflict.
    """
    require_amount(amount)
    entitlement = locked(reference)
    require(actor, "entitlement.keep", entitlement)
    said = require_ground(ground)
    digest = fingerprint(str(OperationKind.REVERSAL), {"reference": reference, "amount": amount})
    if done_before(key, digest) is not None:
        return entitlement
    if amount > entitlement.cancellable:
        raise WrongAmount(_("Ce montant passe ce que le droit permet encore."), bound=entitlement.cancellable)
    freed = max(0, amount - entitlement.awaiting)
    legs: tuple[Leg, ...] = transfer(AccountCode.ENTITLED, COST[entitlement.nature], amount)
    if freed:
        draw(entitlement, -freed)
        legs += transfer(AccountCode.CREDITS_AVAILABLE, AccountCode.CREDITS_COMMITTED, freed)
    entitlement.cancelled += amount
    entitlement.committed -= freed
    counted = Entitlement.objects.filter(pk=entitlement.pk)
    counted.update(cancelled=F("cancelled") + amount, committed=F("committed") - freed)
    operation = operation_on(entitlement, key, OperationKind.REVERSAL, legs, digest)
    post(replace(operation, ground=said), str(actor), at)
    return entitlement


def hold_rights(references: Collection[str]) -> None:
    """Hold several rights, then every envelope of their measures, until the end of the transaction; each in one order.

    What one act changes of several rights is then asked for as by any other: nobody waits for who waits for him.
    """
    rows = Entitlement.objects.select_for_update().filter(reference__in=references).order_by("pk")
    hold_measures({measure for _key, measure in rows.values_list("pk", "measure")})


def locked(reference: str) -> Entitlement:
    """The entitlement, its row held until the end of the transaction; UnknownSubject."""
    found = Entitlement.objects.select_for_update().filter(reference=reference).first()
    if found is None:
        raise UnknownSubject(_("Aucun droit ne porte cette référence."))
    return found


def operation_on(
    entitlement: Entitlement, key: str, kind: OperationKind, legs: tuple[Leg, ...], digest: str
) -> Operation:
    """An operation about an entitlement."""
    return Operation(
        key=key,
        kind=kind,
        measure=entitlement.measure,
        budget_year=entitlement.budget_year,
        subject=entitlement.reference,
        stream=f"entitlement:{entitlement.pk}",
        legs=legs,
        enterprise_id=entitlement.enterprise_id,
        fingerprint=digest,
    )
