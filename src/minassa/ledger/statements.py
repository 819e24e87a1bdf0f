"""The account of a firm with the State, told in sentences: what it is due, what it was paid, what it gives back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db.models import BigIntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.ledger.chart import FIRM_ACCOUNTS, AccountCode, OperationKind
from minassa.ledger.posting_models import Posting, Transaction
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require

SENTENCES: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        OperationKind.ENTITLEMENT: _("Un droit vous a été reconnu."),
        OperationKind.ADVANCE: _("Une avance vous a été accordée."),
        OperationKind.REVERSAL: _("Une partie de ce droit a été annulée."),
        OperationKind.ORDER: _("Un ordre de paiement a été validé."),
        OperationKind.PAYMENT: _("La banque a exécuté le paiement."),
        OperationKind.REJECTION: _("La banque a rejeté le paiement : il vous reste dû."),
        OperationKind.RETURN_OF_FUNDS: _("Le paiement est revenu : il vous reste dû."),
        OperationKind.SUSPENSION: _("Une partie de ce droit est suspendue."),
        OperationKind.RELEASE: _("La suspension est levée."),
        OperationKind.RECOVERY: _("Une somme est à rendre."),
        OperationKind.IMPUTATION: _("Une avance est à imputer sur vos prochains paiements."),
        OperationKind.CORRECTION: _("La banque vous a payé une somme de trop : elle est à rendre."),
        OperationKind.SET_OFF: _("Une somme à rendre a été retenue sur un paiement."),
        OperationKind.RECEIPT: _("Nous avons reçu une somme que vous avez rendue."),
    }
)


OWED: Final = tuple(account for account in FIRM_ACCOUNTS if account is not AccountCode.RECEIVABLE)
"""What the State owes to a firm."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One operation: its sentence, its amount, then what the State still owes and what the firm still owes. Centimes.

    `paid`: what the State has paid by transfer so far. `subject`: the reference of the decision.
    """

    at: datetime
    kind: str
    sentence: str
    ground: str
    subject: str
    measure: str
    amount: int
    due_to_firm: int
    due_by_firm: int
    paid: int


@dataclass(frozen=True, slots=True)
class FirmBalance:
    """How a firm stands with the State, as on its last line of statement. Centimes."""

    received: int = 0
    due: int = 0
    to_give_back: int = 0


def firm_balances(actor: Actor, enterprises: Collection[int]) -> list[tuple[Enterprise, FirmBalance]]:
    """Firms (their keys), each with how it stands, in the order of names: one query for all. Forbidden."""
    rows = Enterprise.objects.filter(pk__in=enterprises).order_by("name", "pk")
    found = rows.annotate(
        treasury=_balance_of(AccountCode.TREASURY), owed=_balance_of(*OWED), owing=_balance_of(AccountCode.RECEIVABLE)
    )
    told: list[tuple[Enterprise, FirmBalance]] = []
    for firm in found:
        require(actor, "statement.view", firm)
        told.append((firm, FirmBalance(received=-firm.treasury, due=-firm.owed, to_give_back=firm.owing)))
    return told


def _balance_of(*accounts: AccountCode) -> Coalesce:
    """The balance of accounts for the firm of the row, in centimes."""
    rows = Posting.objects.filter(enterprise=OuterRef("pk"), account__in=accounts).order_by().values("enterprise")
    whole = Subquery(rows.annotate(whole=Sum("amount")).values("whole"), output_field=BigIntegerField())
    return Coalesce(whole, 0)


def statement(actor: Actor, enterprise: Enterprise, until: datetime | None = None) -> list[StatementLine]:
    """The operations of a firm in their order, with the balances after each. Forbidden."""
    require(actor, "statement.view", enterprise)
    rows = Transaction.objects.filter(enterprise=enterprise, kind__in=SENTENCES).order_by("at", "pk")
    if until is not None:
        rows = rows.filter(at__lte=until)
    balances = dict.fromkeys(AccountCode, 0)
    return [_line(row, row.postings.all(), balances) for row in rows.prefetch_related("postings")]


def _line(row: Transaction, postings: Iterable[Posting], balances: dict[AccountCode, int]) -> StatementLine:
    amount = 0
    for posting in postings:
        balances[AccountCode(posting.account)] += posting.amount
        amount = max(amount, posting.amount)
    return StatementLine(
        at=row.at,
        kind=row.kind,
        sentence=str(SENTENCES[row.kind]),
        ground=row.ground,
        subject=row.subject,
        measure=row.measure,
        amount=amount,
        due_to_firm=-sum(balances[account] for account in OWED),
        due_by_firm=balances[AccountCode.RECEIVABLE],
        paid=-balances[AccountCode.TREASURY],
    )
