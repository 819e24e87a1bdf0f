"""A payment run: everything that is payable now goes into batches; what cannot is listed, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.ledger.account_models import BankAccount
from minassa.ledger.accounts import Payer, payer
from minassa.ledger.budget_models import Entitlement
from minassa.ledger.findings import HOLDING
from minassa.ledger.payment_models import BankEntry, PaymentBatch
from minassa.ledger.proposing import ORDERS_AT_MOST, Line, propose_batch
from minassa.registry.public import Actor, require


class Why(StrEnum):
    """Why something that is owed is not ordered now."""

    NO_CREDITS = "no-credits"
    SUSPENDED = "suspended"
    FINDING_OPEN = "finding-open"
    NO_ACCOUNT = "no-account"
    ACCOUNT_PENDING = "account-pending"
    NO_PAYER = "no-payer"


WHY: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        Why.NO_CREDITS: _("En attente de crédits : ceux de l'année ne suffisent pas."),
        Why.SUSPENDED: _("Suspendu : une contestation ou une vérification attend sa réponse."),
        Why.FINDING_OPEN: _("La banque a annoncé pour un ordre de ce droit ce qu'il faut d'abord régler."),
        Why.NO_ACCOUNT: _("L'entreprise n'a pas de compte bancaire confirmé."),
        Why.ACCOUNT_PENDING: _("L'entreprise a changé de compte bancaire : il reste à le confirmer."),
        Why.NO_PAYER: _("Le compte qui paie n'a pas encore été indiqué."),
    }
)


@dataclass(frozen=True, slots=True)
class DueLine:
    """What may be ordered now for an entitlement, and on which account (masked). Centimes."""

    reference: str
    enterprise_id: int
    enterprise: str
    amount: int
    masked: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is owed and not ordered now, and why: a stable code, a sentence. Centimes."""

    reference: str
    enterprise_id: int
    enterprise: str
    amount: int
    code: str

    @property
    def reason(self) -> str:
        """The code in words."""
        return str(WHY[self.code])


@dataclass(frozen=True, slots=True)
class DuePreview:
    """What a run would order, and what it would leave out; an entitlement held back in part is in both."""

    ready: list[DueLine]
    left_out: list[LeftOut]


@dataclass(frozen=True, slots=True)
class DueRun:
    """The batches that a run proposed, and what it left out."""

    batches: list[PaymentBatch]
    left_out: list[LeftOut]


def due_now(actor: Actor) -> DuePreview:
    """What a run would do now; writes nothing. Forbidden."""
    require(actor, "payment.propose", None)
    return _looked_at(_owed())[0]


@transaction.atomic
def propose_due(actor: Actor, at: datetime, key: str = "") -> DueRun:
    """Propose orders for everything payable now, to be validated by another hand; two runs at once share nothing.

    `key`: under the same key again, the batches of the first time. Forbidden.
    """
    require(actor, "payment.propose", None)
    named = key or f"due:{at.isoformat()}:{actor}"
    earlier = list(PaymentBatch.objects.filter(key__startswith=f"{named}:").order_by("pk"))
    preview, accounts = _looked_at(_owed(held=True))
    source = payer()
    if earlier or source is None:
        return DueRun(earlier, preview.left_out)
    lines = [
        Line(one.reference, one.amount, accounts[one.enterprise_id].holder, accounts[one.enterprise_id].rib)
        for one in preview.ready
    ]
    batches = [
        propose_batch(actor, Payer(source.name, source.rib), part, f"{named}:{rank}", at)
        for rank, part in enumerate(_parts(lines), start=1)
    ]
    return DueRun(batches, preview.left_out)


def why_not(entitlements: Iterable[Entitlement]) -> dict[str, LeftOut]:
    """Why entitlements that are owed are not ordered now, by reference; nothing for those of which nothing is held."""
    return {one.reference: one for one in reversed(_looked_at(list(entitlements))[0].left_out)}


def _parts(lines: Sequence[Line]) -> list[Sequence[Line]]:
    return [lines[start : start + ORDERS_AT_MOST] for start in range(0, len(lines), ORDERS_AT_MOST)]


def _owed(*, held: bool = False) -> list[Entitlement]:
    rows = Entitlement.objects.filter(ordered__lt=F("amount") - F("cancelled")).order_by("pk")
    if held:
        # Read again once the rows are held: another run may have ordered meanwhile.
        keys = list(rows.select_for_update().values_list("pk", flat=True))
        rows = rows.filter(pk__in=keys)
    return list(rows.select_related("enterprise"))


def _looked_at(owed: Sequence[Entitlement]) -> tuple[DuePreview, dict[int, BankAccount]]:
    accounts, pending = accounts_for({one.enterprise_id for one in owed})
    found = BankEntry.objects.filter(HOLDING, order__entitlement__in=owed).values_list("order__entitlement", flat=True)
    doubted, nobody_pays = set(found), payer() is None
    ready, out = [], []
    for one in owed:
        account = accounts.get(one.enterprise_id)
        held = _held(one, account, doubted=one.pk in doubted, pending=one.enterprise_id in pending)
        blocking = held or ([(Why.NO_PAYER, one.payable)] if nobody_pays and one.payable > 0 else [])
        blocks = any(code not in {Why.NO_CREDITS, Why.SUSPENDED} for code, _amount in blocking)
        if one.payable > 0 and not blocks and not nobody_pays and account is not None:
            name = one.enterprise.name
            ready.append(DueLine(one.reference, one.enterprise_id, name, one.payable, account.masked))
        out += [LeftOut(one.reference, one.enterprise_id, one.enterprise.name, cents, code) for code, cents in blocking]
    return DuePreview(ready, out), accounts


def _held(one: Entitlement, account: BankAccount | None, *, doubted: bool, pending: bool) -> list[tuple[Why, int]]:
    """What of an entitlement is held back, each part once; a reason that holds the whole comes alone."""
    left = one.amount - one.cancelled - one.ordered
    for held, code in (
        (doubted, Why.FINDING_OPEN),
        (pending, Why.ACCOUNT_PENDING),
        (account is None, Why.NO_ACCOUNT),
    ):
        if held and left > 0:
            return [(code, left)]
    parts = [(Why.SUSPENDED, one.suspended), (Why.NO_CREDITS, max(0, left - one.suspended - max(0, one.payable)))]
    return [(code, cents) for code, cents in parts if cents > 0]


def accounts_for(firms: Iterable[int]) -> tuple[dict[int, BankAccount], set[int]]:
    """The account that holds for each firm, and the firms whose change of account waits to be confirmed."""
    accounts: dict[int, BankAccount] = {}
    pending: set[int] = set()
    states = (BankAccount.State.CONFIRMED, BankAccount.State.PROPOSED)
    for account in BankAccount.objects.filter(enterprise__in=list(firms), state__in=states).order_by("pk"):
        if account.state == BankAccount.State.CONFIRMED:
            accounts[account.enterprise_id] = account
        else:
            pending.add(account.enterprise_id)
    return accounts, pending
