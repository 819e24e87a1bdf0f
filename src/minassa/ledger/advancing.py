"""Money paid ahead of a right: an advance is paid as a right is, and comes back by imputation on a later one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.chart import OperationKind
from minassa.ledger.entitling import Grant, locked, recognised
from minassa.ledger.errors import UnknownSubject
from minassa.ledger.recovering import Debt, owed
from minassa.registry.public import Actor


def advance(actor: Actor, given: Grant, key: str, at: datetime) -> Entitlement:
    """Grant an advance; it is committed, ordered and paid as a right. Forbidden, WrongAmount, KeyConflict."""
    return recognised(actor, given, Entitlement.Nature.ADVANCE, key, at)


def advance_left(reference: str) -> int:
    """What of an advance was paid and is neither imputed nor asked back, in centimes; UnknownSubject."""
    found = Entitlement.objects.filter(reference=reference, nature=Entitlement.Nature.ADVANCE).first()
    if found is None:
        raise UnknownSubject("Aucune avance ne porte cette référence.", reference=reference)
    return int(found.settled - found.recovered)


@transaction.atomic
def impute(actor: Actor, reference: str, amount: int, ground: str, key: str, at: datetime) -> Recovery:
    """Impute centimes of an advance on what the firm is paid next: its next orders retain them.

    Forbidden, UnknownSubject, WrongAmount beyond what is left of the advance, KeyConflict.
    """
    advance_left(reference)
    held = locked(reference)
    given = Grant(reference, held.enterprise_id, held.measure, held.budget_year, amount)
    return owed(actor, Debt(given, ground, Recovery.Nature.IMPUTATION, OperationKind.IMPUTATION), key, at)
