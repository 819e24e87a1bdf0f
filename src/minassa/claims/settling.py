"""Claims joined to money: what is decided is recognised in the ledger, what the bank did is told back to its claim.

Everything is in the transaction of the act. The rows of the ledger are held before that of the claim, as answers of the
bank hold them, so that none waits for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from minassa.claims.acting import Act, acting
from minassa.claims.calendar import period_named
from minassa.claims.claim_models import Claim, Contest
from minassa.claims.paying import book, payable
from minassa.claims.policies import PAYER
from minassa.claims.restitution_models import Restitution, RestitutionLine
from minassa.claims.states import NOT_ASKED
from minassa.ledger.models import Entitlement, Recovery, Transaction
from minassa.ledger.public import (
    Grant,
    Settled,
    What,
    ask_back,
    cancel,
    commit_or_wait,
    grant,
    hold_measures,
    hold_rights,
    parameter,
    release,
    suspend,
)
from minassa.registry.public import system_actor
from minassa.vocabulary.periods import year_of

CLAIMS: Final = system_actor("claims")
LEDGER: Final = system_actor(PAYER)
CONTEST: Final = "contest:"
"""Begins the keys of what contests move in the ledger."""
HELD: Final = "Ligne contestée, ou retenue par les contrôles"
ANSWERED: Final = "Contestation ou contrôle achevé"
UPHELD: Final = "Contestation fondée : la ligne n'était pas due"
GIVES_BACK: Final = "Décision d'une demande qui rend plus qu'elle ne demande"
YEARS: Final[Mapping[str, Callable[[Claim, datetime], int]]] = MappingProxyType(
    {
        "decision": lambda _claim, at: timezone.localdate(at).year,
        "period": lambda claim, _at: year_of(claim.last_month),
    }
)
"""The values that the parameter `budget_year_rule` may take."""


def settle(act: Act) -> None:
    """Post what a decision has just given or taken: a right on credits (or waiting for them), or a sum to give back."""
    claim, cents = act.claim, act.claim.accepted_cents or 0
    if cents > 0:
        grant(CLAIMS, _given(claim, cents, act.at), f"claim:{claim.reference}", act.at)
        held = commit_or_wait(CLAIMS, claim.reference, act.at)
        act.tell("claim.recognised", cents=cents, awaits_credits=held.awaits_credits)
        align(act)
        return
    back = min(-cents, _granted_before(claim)) if cents else 0
    if back:
        ask_back(CLAIMS, _given(claim, back, act.at), GIVES_BACK, f"claim:{claim.reference}", act.at)
        act.tell("claim.gives_back", cents=back)


def _given(claim: Claim, cents: int, at: datetime) -> Grant:
    rule = str(parameter("budget_year_rule", timezone.localdate(at)).value)
    return Grant(claim.reference, claim.enterprise_id, claim.measure, YEARS[rule](claim, at), cents)


def _granted_before(claim: Claim) -> int:
    """What the claims of the year before this one have given or may still give, in centimes: no more comes back."""
    start = period_named(claim.measure, claim.period).year_start
    rows = Claim.objects.filter(enterprise=claim.enterprise_id, measure=claim.measure, first_month__gte=start)
    rows = rows.filter(last_month__lte=claim.last_month).exclude(pk=claim.pk)
    decided = [payable(one) for one in rows.filter(accepted_cents__isnull=False)]
    waiting = rows.filter(accepted_cents__isnull=True).exclude(state__in=NOT_ASKED)
    given = sum(one.accepted - one.withdrawn for one in decided)
    return max(0, given + int(waiting.aggregate(n=Sum("total_cents"))["n"] or 0))


@contextmanager
def money_held(reference: str) -> Iterator[Entitlement | None]:
    """A transaction in which the right of a claim, if it has one, is held before the claim is."""
    with transaction.atomic():
        yield Entitlement.objects.select_for_update().filter(reference=reference).first()


def hold_credits(claims: Iterable[Claim]) -> None:
    """Hold the credits on which several claims are decided in one transaction, before the first of them is."""
    hold_measures({claim.measure for claim in claims})


def align(act: Act) -> None:
    """Make the ledger follow contests and checks: what waits is suspended, what was not due is cancelled or owed.

    What an order under way carries can neither be cancelled nor asked back yet: it is once the bank has answered.
    """
    held = Entitlement.objects.select_for_update().filter(reference=act.claim.reference).first()
    if held is None:
        return
    money = payable(act.claim)
    withdrawn = max(0, money.withdrawn - held.cancelled - _taken_back(held))
    # What is not due at all is withdrawn before anything is held back, in whatever order contests were answered.
    waits = min(money.blocked, max(0, held.cancellable + held.suspended - withdrawn))
    if held.suspended > waits:
        held = release(CLAIMS, held.reference, held.suspended - waits, ANSWERED, _key(held), act.at)
    held = _withdraw(act, held, withdrawn)
    if waits > held.suspended:
        suspend(CLAIMS, held.reference, waits - held.suspended, HELD, _key(held), act.at)


def _withdraw(act: Act, held: Entitlement, needed: int) -> Entitlement:
    """Cancel so many centimes that were not due, as far as no order carries them, and ask back what was paid."""
    part = min(needed, held.cancellable)
    if part > 0:
        held = cancel(CLAIMS, held.reference, part, UPHELD, _key(held), act.at)
    back = min(needed - max(0, part), held.settled - held.recovered)
    if back > 0:
        given = Grant(held.reference, held.enterprise_id, held.measure, held.budget_year, back)
        ask_back(CLAIMS, given, UPHELD, _key(held), act.at)
        held.refresh_from_db()
    return held


def _taken_back(held: Entitlement) -> int:
    """What of the lines whose contest was upheld was asked back already, by contests or restitutions, in centimes."""
    rows = Recovery.objects.filter(reference=held.reference, transaction__key__startswith=CONTEST)
    back = RestitutionLine.objects.filter(
        restitution__claim__reference=held.reference,
        restitution__state=Restitution.State.DECIDED,
        line__in=Contest.objects.filter(claim__reference=held.reference, upheld=True).values("line"),
    )
    contested, restored = rows.aggregate(n=Sum("amount"))["n"], back.aggregate(n=Sum("cents"))["n"]
    return int(contested or 0) + int(restored or 0)


def _key(held: Entitlement) -> str:
    """A key of its own for each thing that contests move; the row of the right is held."""
    return f"{CONTEST}{held.reference}:{Transaction.objects.filter(subject=held.reference).count()}"


def _hold_drawing(claims: Sequence[Claim], told: Collection[str]) -> None:
    """Hold, in the order of all, the credits that may come free here: of contests upheld, of what is no claim's."""
    upheld = Contest.objects.filter(claim__in=claims, upheld=True).values_list("claim__reference", flat=True)
    hold_rights({*upheld} | (set(told) - {claim.reference for claim in claims}))


def hear(settled: Sequence[Settled], at: datetime) -> None:
    """Tell claims what the bank did, or what was retained, for each of them; in the transaction of the ledger."""
    told: dict[str, list[Settled]] = {}
    for one in settled:
        told.setdefault(one.reference, []).append(one)
    claims = list(Claim.objects.filter(reference__in=told).order_by("pk"))
    _hold_drawing(claims, told)
    for claim in claims:
        with acting(LEDGER, "claim.pay", claim, at) as act:
            for one in told[claim.reference]:
                if one.what is What.REJECTED:
                    act.tell("claim.payment_rejected", order=one.order)
                else:
                    book(act, one.cents)
            align(act)
