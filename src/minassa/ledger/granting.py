"""Many decisions at once, as a session of a committee takes them: recognised and committed together, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.ledger.budget_models import Entitlement
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.entitling import Grant, operation_on
from minassa.ledger.envelopes import draw_all
from minassa.ledger.errors import LedgerError
from minassa.ledger.parameters import parameter
from minassa.ledger.posting import done_before, fingerprint, post_all, repeatable, require_amount, transfer
from minassa.registry.public import Actor, require

DECISIONS_AT_MOST: Final = 5_000


def grant_all(actor: Actor, grants: Sequence[Grant], key: str, at: datetime) -> list[Entitlement]:
    """Recognise what a session decided and commit credits for the whole of it; the same key again has no effect.

    Forbidden, WrongAmount, EnvelopeExceeded (then nothing of the session is kept), UnknownSubject, KeyConflict.
    """
    require(actor, "entitlement.keep", None)
    if not 0 < len(grants) <= DECISIONS_AT_MOST:
        raise LedgerError(_("Une séance compte de 1 à 5 000 décisions."), most=DECISIONS_AT_MOST)
    for given in grants:
        require_amount(given.amount)
    return _grant_all(actor, grants, key, at)


@repeatable
def _grant_all(actor: Actor, grants: Sequence[Grant], key: str, at: datetime) -> list[Entitlement]:
    digest = fingerprint("session", {"grants": [[getattr(one, name) for name in Grant.__slots__] for one in grants]})
    references = [one.reference for one in grants]
    if done_before(f"{key}:{references[0]}", digest) is not None:
        return list(Entitlement.objects.filter(reference__in=references).order_by("pk"))
    body = str(parameter("paying_body", timezone.localdate(at)).value)
    made = Entitlement.objects.bulk_create(
        Entitlement(
            reference=one.reference,
            enterprise_id=one.enterprise_id,
            measure=one.measure,
            budget_year=one.budget_year,
            body=body,
            amount=one.amount,
            committed=one.amount,
        )
        for one in grants
    )
    draw_all(made)
    recognised, committed = OperationKind.ENTITLEMENT, OperationKind.COMMITMENT
    operations = []
    for one in made:
        legs = transfer(AccountCode.EXPENSE, AccountCode.ENTITLED, one.amount)
        operations.append(operation_on(one, f"{key}:{one.reference}", recognised, legs, digest))
        legs = transfer(AccountCode.CREDITS_COMMITTED, AccountCode.CREDITS_AVAILABLE, one.amount)
        operations.append(operation_on(one, f"{key}:{one.reference}:commit", committed, legs, digest))
    post_all(operations, str(actor), at)
    return made
