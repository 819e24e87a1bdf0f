"""Writes transactions: once for each key, told to the journal, their postings summing to zero."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import groupby
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.journal.public import Entry, append_to_each
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.errors import KeyConflict, LedgerError, Unbalanced, WrongAmount
from minassa.ledger.posting_models import Posting, Transaction

Given = ParamSpec("Given")
Made = TypeVar("Made")
FEWEST = 2
"""Postings of a transaction: double entry."""
LARGEST = 2**53
"""Centimes of one operation at most: ninety thousand billion dirhams, so that sums stay within 64 bits."""


class Leg(NamedTuple):
    """One posting to be: an account and centimes, above zero a debit."""

    account: AccountCode
    amount: int


@dataclass(frozen=True, slots=True)
class Operation:
    """A transaction to be: its key, what it is about, its legs. `enterprise_id` None: no firm is concerned.

    `stream`: that of the journal where it is told, whose row the caller holds, or has just made.
    """

    key: str
    kind: OperationKind
    measure: str
    budget_year: int
    subject: str
    stream: str
    legs: tuple[Leg, ...]
    enterprise_id: int | None = None
    ground: str = ""
    fingerprint: str = ""


def transfer(debited: AccountCode, credited: AccountCode, amount: int) -> tuple[Leg, Leg]:
    """The two legs of an amount that goes from one account to another."""
    return Leg(debited, amount), Leg(credited, -amount)


def fingerprint(kind: str, said: Mapping[str, Any]) -> str:
    """The digest of what an operation was asked to do, by which the same key used for something else is seen."""
    text = json.dumps([kind, said], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def done_before(key: str, digest: str) -> Transaction | None:
    """The transaction made under this key, None when there is none; KeyConflict when it did something else."""
    found = Transaction.objects.filter(key=key).first()
    if found is not None and found.fingerprint != digest:
        raise KeyConflict(_("Cette clé d'opération a déjà servi pour autre chose : donnez-en une nouvelle."), key=key)
    return found


def require_amount(amount: int) -> None:
    """WrongAmount unless the amount is whole centimes above zero."""
    if type(amount) is not int or not 0 < amount <= LARGEST:
        raise WrongAmount(_("Le montant est un nombre entier de centimes, plus grand que zéro."))


def require_ground(ground: str) -> str:
    """The ground without its margins; LedgerError when it says nothing."""
    if not ground.strip():
        raise LedgerError(_("Dites pourquoi : cette opération demande un motif."))
    return ground.strip()[:300]


def post(operation: Operation, actor: str, at: datetime) -> Transaction:
    """Write one transaction. Unbalanced."""
    return post_all([operation], actor, at)[0]


def post_all(given: Sequence[Operation], actor: str, at: datetime) -> list[Transaction]:
    """Write several transactions of one act, in four statements; as `post`."""
    if not given:
        return []
    operations = sorted(given, key=lambda one: one.stream)
    for one in operations:
        if len(one.legs) < FEWEST or sum(leg.amount for leg in one.legs) != 0:
            raise Unbalanced("Les écritures d'une opération sont au moins deux et leur somme est nulle.", key=one.key)
    streams = {
        stream: (at, [(f"ledger.{one.kind}", told(one)) for one in happened])
        for stream, happened in groupby(operations, key=lambda one: one.stream)
    }
    entries = append_to_each(streams, actor)
    pairs = zip(operations, entries, strict=True)
    made = Transaction.objects.bulk_create(_transaction(one, entry, actor, at) for one, entry in pairs)
    Posting.objects.bulk_create(
        posting for one, row in zip(operations, made, strict=True) for posting in _postings(one, row)
    )
    return made


def _transaction(operation: Operation, entry: Entry, actor: str, at: datetime) -> Transaction:
    return Transaction(
        key=operation.key,
        fingerprint=operation.fingerprint,
        kind=operation.kind,
        at=at,
        actor=actor,
        enterprise_id=operation.enterprise_id,
        measure=operation.measure,
        budget_year=operation.budget_year,
        subject=operation.subject,
        ground=operation.ground,
        entry=entry,
    )


def _postings(operation: Operation, row: Transaction) -> list[Posting]:
    return [
        Posting(
            transaction=row,
            account=leg.account,
            amount=leg.amount,
            enterprise_id=operation.enterprise_id,
            measure=operation.measure,
            budget_year=operation.budget_year,
            at=row.at,
        )
        for leg in operation.legs
    ]


def told(operation: Operation) -> dict[str, Any]:
    """What the journal keeps of an operation: its key, what it is about, each posting."""
    return {
        "key": operation.key,
        "enterprise": operation.enterprise_id or 0,
        "measure": operation.measure,
        "year": operation.budget_year,
        "subject": operation.subject,
        "postings": [[str(leg.account), leg.amount] for leg in operation.legs],
    }


def repeatable(act: Callable[Given, Made]) -> Callable[Given, Made]:
    """Run an act in one transaction; once more when another has just written the same, which it then finds."""

    @wraps(act)
    def run(*given: Given.args, **named: Given.kwargs) -> Made:
        try:
            with transaction.atomic():
                return act(*given, **named)
        except IntegrityError:
            with transaction.atomic():
                return act(*given, **named)

    return run
