"""Money for tests of pages: credits, entitlements in every state, batches, the bank, recoveries. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from minassa.ledger.models import BankAccount, BankEntry, Entitlement, Envelope, PaymentBatch, PaymentOrder, Recovery
from minassa.ledger.public import (
    AccountGiven,
    Grant,
    Line,
    Place,
    Stay,
    commit,
    confirm_account,
    findings,
    grant,
    open_envelope,
    plan_instalments,
    propose_account,
    propose_batch,
    receive_bank_file,
    recover,
    send_batch,
    set_payer,
    suspend,
    validate_batch,
)
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Power, Role
from minassa.registry.public import Actor, actor_of, system_actor
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message, status_report
from tests.ledger.world import PAYER, rib
from tests.onestop.world import SINCE

CLAIMS: Final = system_actor("claims")
OPENED: Final = 5_000_000_00
AMOUNTS: Final = {
    "paid": 120_000_50,
    "rejected": 48_000_00,
    "doubtful": 30_000_00,
    "at-bank": 75_250_00,
    "proposed": 61_000_00,
    "suspended": 22_000_00,
    "payable": 91_500_00,
    "no-credits": 18_000_00,
}
"""What each entitlement of a firm is worth; its name says what became of it."""


@dataclass(frozen=True, slots=True)
class Money:
    """What pages of money are about; entitlements by firm and name: `right(firm, "paid")`."""

    envelope: Envelope
    proposed: PaymentBatch
    sent: PaymentBatch
    finding: BankEntry
    recovery: Recovery
    pending: BankAccount

    def right(self, firm: Enterprise, name: str) -> Entitlement:
        """The entitlement of a firm to which this became."""
        return Entitlement.objects.get(reference=reference(firm, name))


def reference(firm: Enterprise, name: str) -> str:
    """The reference of the decision behind an entitlement."""
    return f"PAE-{firm.pk}-{name}"


def payers(body: Body | None = None) -> tuple[Actor, Actor]:
    """The officer and the supervisor of the body that pays, made when they are not there."""
    told = {"kind": "ministry", "name": "MINISTERE EXEMPLE"}
    ministry = body or Body.objects.get_or_create(code="mtnra", defaults=told)[0]
    found = []
    for name, role in (("mtnra", Role.OFFICER), ("mtnra-chef", Role.SUPERVISOR)):
        account = Account.objects.filter(email=f"{name}@minassa.example").first()
        if account is None:
            account = Account.objects.create(email=f"{name}@minassa.example", password="!")
            Appointment.objects.create(account=account, body=ministry, role=role, since=SINCE)
        found.append(actor_of(account))
    return found[0], found[1]


def make_money(firms: Sequence[Enterprise], now: datetime) -> Money:
    """Each firm has an entitlement of every kind; one batch came back from the bank, one waits for another hand.

    Nothing more is paid to the last firm: its bank account waits to be confirmed.
    """
    officer, chief = payers()
    year, then = now.year, now - timedelta(days=20)
    place = Place("pae", year, "mtnra")
    envelope = open_envelope(chief, place, OPENED, "Loi de finances EXEMPLE", "world:pae", now - timedelta(days=60))
    open_envelope(chief, place._replace(measure="air"), OPENED // 2, "Loi de finances EXEMPLE", "world:air", then)
    for firm in firms:
        _rights(firm, year, then)
    sent = _batch(officer, firms, ("paid", "rejected", "doubtful", "at-bank"), then)
    validate_batch(chief, sent.number, then + timedelta(hours=1))
    send_batch(chief, sent.number, then + timedelta(hours=2))
    _answered(officer, sent, then + timedelta(days=1))
    _given_back(firms[:-1], officer, now - timedelta(days=5))
    proposed = _batch(officer, firms[:-1], ("proposed",), now - timedelta(days=1))
    (recovery,) = _given_back(firms[-1:], officer, now - timedelta(hours=5))
    pending = _accounts(firms, chief, now)
    suspend(CLAIMS, reference(firms[0], "suspended"), 12_000_00, "Contrôle EXEMPLE en cours", "world:suspend", now)
    envelope.refresh_from_db()
    sent.refresh_from_db()
    return Money(envelope, proposed, sent, findings()[0], recovery, pending)


def _rights(firm: Enterprise, year: int, at: datetime) -> None:
    for name, amount in AMOUNTS.items():
        ref = reference(firm, name)
        grant(CLAIMS, Grant(ref, firm.pk, "pae", year, amount), f"world:{ref}", at)
        if name != "no-credits":
            commit(CLAIMS, ref, amount, f"world:{ref}:commit", at)


def _batch(officer: Actor, firms: Sequence[Enterprise], names: Sequence[str], at: datetime) -> PaymentBatch:
    lines = [
        Line(reference(firm, name), AMOUNTS[name], firm.name[:140], rib(firm.pk)) for firm in firms for name in names
    ]
    return propose_batch(officer, PAYER, lines, f"world:{'+'.join(names)}", at)


def _answered(officer: Actor, batch: PaymentBatch, at: datetime) -> None:
    """The bank rejects some, pays some, and says of some another amount than was ordered; a stranger is invented."""
    orders = {name: _orders(batch, name) for name in ("paid", "rejected", "doubtful", "at-bank")}
    rejected = {one.number: "AC04" for one in orders["rejected"]}
    accepted = [one.number for name in ("paid", "doubtful", "at-bank") for one in orders[name]]
    receive_bank_file(officer, status_report("WORLD-R1", batch.number, rejected, accepted, at), at)
    movements = [
        Movement(Ordered(batch.number, one.number, one.net), f"W{one.pk}", one.net - off)
        for name, off in (("paid", 0), ("doubtful", 100))
        for one in orders[name]
    ]
    movements.append(Movement(Ordered("", "OP-0000-INCONNU", 0), "W0", 7_700))
    receive_bank_file(officer, account_message(STATEMENT, "WORLD-S1", movements, at), at)
    receive_bank_file(officer, b"<html>EXEMPLE</html>", at)


def _orders(batch: PaymentBatch, name: str) -> list[PaymentOrder]:
    return list(batch.orders.filter(entitlement__reference__endswith=f"-{name}").order_by("pk"))


def _accounts(firms: Sequence[Enterprise], chief: Actor, at: datetime) -> BankAccount:
    """The account of every firm but the last is confirmed; that of the last waits for another hand."""
    set_payer(chief, PAYER, at)
    for firm in firms:
        mandate = Mandate.objects.filter(enterprise=firm, power=Power.SIGN).select_related("account").order_by("pk")[0]
        made = propose_account(actor_of(mandate.account), firm, AccountGiven(firm.name[:140], rib(firm.pk)), at)
        if firm != firms[-1]:
            confirm_account(chief, made, "Attestation EXEMPLE 1", at)
    return made


def _given_back(firms: Sequence[Enterprise], officer: Actor, at: datetime) -> list[Recovery]:
    """Jobs of the first entitlement were kept twelve months out of eighteen; a plan spreads what is to come back."""
    made = []
    for firm in firms:
        ref = reference(firm, "paid")
        recovery = recover(CLAIMS, ref, Stay(12, 18), "Emplois EXEMPLE gardés 12 mois sur 18", f"world:{ref}:back", at)
        assert recovery is not None
        plan_instalments(officer, recovery.number, 4, (at + timedelta(days=30)).date(), at)
        made.append(recovery)
    return made
