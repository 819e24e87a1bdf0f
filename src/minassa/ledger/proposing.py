"""Batches of payment orders are proposed: what is payable is held back, what the firm owes is retained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.ledger.account_models import BankAccount
from minassa.ledger.accounts import Payer
from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.counters import add
from minassa.ledger.errors import (
    AccountRefused,
    KeyConflict,
    LedgerError,
    OpenFinding,
    UnknownSubject,
    WrongAccount,
    WrongAmount,
)
from minassa.ledger.findings import HOLDING
from minassa.ledger.numbering import numbers
from minassa.ledger.parameters import number, parameter
from minassa.ledger.payment_models import BankEntry, PaymentBatch, PaymentOrder, Retention
from minassa.ledger.posting import fingerprint, repeatable, require_amount
from minassa.registry.public import Actor, require
from minassa.vocabulary.identifiers import check_rib, compact
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ORDERS_AT_MOST = 5_000
"""Orders of one batch: what one file holds."""


@dataclass(frozen=True, slots=True)
class Line:
    """A payment asked for: the reference of the entitlement, centimes, who receives, on which RIB."""

    reference: str
    amount: int
    beneficiary: str
    rib: str


def propose_batch(actor: Actor, payer: Payer, lines: Sequence[Line], key: str, at: datetime) -> PaymentBatch:
    """Propose payment orders, to be validated by somebody else; the same key again gives the same batch.

    Forbidden, WrongAccount, WrongAmount (more than is payable), UnknownSubject, OpenFinding, KeyConflict. All or none.
    """
    require(actor, "payment.propose", None)
    if not 0 < len(lines) <= ORDERS_AT_MOST:
        raise LedgerError(_("Un lot compte de 1 à 5 000 ordres."), most=ORDERS_AT_MOST)
    for rank, rib in enumerate((payer.rib, *(line.rib for line in lines))):
        if (found := check_rib(rib)) and found[0].severity == "reject":
            raise WrongAccount(found[0].message, line=rank)
    for line in lines:
        require_amount(line.amount)
    if len({line.reference for line in lines}) < len(lines):
        raise LedgerError(_("Un même droit paraît deux fois dans ce lot : réunissez ses montants."))
    return _propose(actor, payer, lines, key, at)


@repeatable
def _propose(actor: Actor, payer: Payer, lines: Sequence[Line], key: str, at: datetime) -> PaymentBatch:
    said = [[line.reference, line.amount, line.beneficiary, compact(line.rib)] for line in lines]
    digest = fingerprint("batch", {"payer": [payer.name, compact(payer.rib)], "lines": said})
    entitlements = _locked(lines)
    earlier = PaymentBatch.objects.filter(key=key).first()
    if earlier is not None:
        if earlier.fingerprint != digest:
            raise KeyConflict(_("Cette clé d'opération a déjà servi pour autre chose : donnez-en une nouvelle."))
        return earlier
    _refuse_held(entitlements.values())
    refuse_other_accounts((entitlements[line.reference], line.rib) for line in lines)
    batch = PaymentBatch.objects.create(
        number=numbers("LOT", at, 1)[0],
        key=key,
        fingerprint=digest,
        payer_name=payer.name,
        payer_rib=compact(payer.rib),
        proposed_by=str(actor),
        proposed_at=at,
    )
    _order(batch, lines, entitlements)
    return batch


def _order(batch: PaymentBatch, lines: Sequence[Line], entitlements: Mapping[str, Entitlement]) -> None:
    """Write the orders of a batch, and hold back what they take."""
    recoveries = _recoveries(entitlements.values())
    orders, retentions = [], []
    for number_of, line in zip(numbers("OP", batch.proposed_at, len(lines)), lines, strict=True):
        entitlement = entitlements[line.reference]
        if line.amount > entitlement.payable:
            raise WrongAmount(_("Ce montant passe ce que le droit permet encore."), bound=entitlement.payable)
        order = PaymentOrder(
            number=number_of,
            batch=batch,
            entitlement=entitlement,
            gross=line.amount,
            beneficiary=line.beneficiary,
            rib=compact(line.rib),
        )
        retentions += _retained(order, recoveries.get(entitlement.enterprise_id, []), batch.proposed_at)
        orders.append(order)
    add(Entitlement, "ordered", {order.entitlement_id: order.gross for order in orders})
    add(Recovery, "reserved", reserves(retentions))
    PaymentOrder.objects.bulk_create(orders)
    Retention.objects.bulk_create(retentions)


def _locked(lines: Sequence[Line]) -> dict[str, Entitlement]:
    """The entitlements, their rows held in one order for all, so that two batches never wait for each other."""
    references = [line.reference for line in lines]
    rows = Entitlement.objects.select_for_update().filter(reference__in=references).order_by("pk")
    found = {row.reference: row for row in rows}
    if len(found) < len(references):
        raise UnknownSubject(_("Aucun droit ne porte cette référence."))
    return found


def _refuse_held(entitlements: Collection[Entitlement]) -> None:
    held = BankEntry.objects.filter(HOLDING, order__entitlement__in=entitlements).values_list(
        "end_to_end_id", flat=True
    )
    if order := held.first():
        message = _("La banque a annoncé pour un ordre de ce droit ce qu'il faut d'abord régler.")
        raise OpenFinding(message, order=order)


def refuse_other_accounts(orders: Iterable[tuple[Entitlement, str]]) -> None:
    """AccountRefused when a firm that has given its account is ordered elsewhere, or its change is not confirmed yet.

    `orders`: each entitlement with the RIB on which it is ordered.
    """
    given = {one.enterprise_id: compact(rib) for one, rib in orders}
    holds: dict[int, BankAccount] = {}
    states = (BankAccount.State.CONFIRMED, BankAccount.State.PROPOSED)
    for account in BankAccount.objects.filter(enterprise__in=given, state__in=states).order_by("pk"):
        holds[account.enterprise_id] = account
        if account.state == BankAccount.State.PROPOSED:
            message = _("L'entreprise a changé de compte bancaire : il reste à le confirmer.")
            raise AccountRefused(message, enterprise=account.enterprise_id)
    for firm, account in holds.items():
        if account.rib != given[firm]:
            message = _("Ce n'est pas le compte bancaire confirmé de cette entreprise.")
            raise AccountRefused(message, enterprise=firm)


def _recoveries(entitlements: Collection[Entitlement]) -> dict[int, list[Recovery]]:
    """What each firm still gives back, the oldest first; rows held."""
    firms = {one.enterprise_id for one in entitlements}
    rows = Recovery.objects.select_for_update().filter(enterprise__in=firms, settled__lt=F("amount") - F("reserved"))
    found: dict[int, list[Recovery]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.enterprise_id, []).append(row)
    return found


def _retained(order: PaymentOrder, recoveries: Sequence[Recovery], at: datetime) -> list[Retention]:
    """What an order retains, never more than is due nor than the rule of the day allows; it is reserved at once."""
    day = timezone.localdate(at)
    source = parameter("set_off_rate", day).citation
    left = divide(order.gross * number("set_off_rate", day), BASIS_POINTS, Direction.DOWN, source)
    made = []
    for recovery in recoveries:
        part = min(left, recovery.due)
        if part > 0:
            left -= part
            order.set_off += part
            recovery.reserved += part
            made.append(Retention(order=order, recovery=recovery, amount=part))
    return made


def reserves(retentions: Iterable[Retention]) -> dict[int, int]:
    """What orders retain together, by the key of the recovery."""
    sums: dict[int, int] = {}
    for one in retentions:
        sums[one.recovery_id] = sums.get(one.recovery_id, 0) + one.amount
    return sums
