"""What of a claim may be paid now: accepted, not paid yet, not contested, not held; and what was paid of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from minassa.claims.acting import Act, acting
from minassa.claims.claim_models import Claim, ClaimState, Contest, CutLine, Line
from minassa.claims.errors import NotPayable
from minassa.claims.holding import held_parts
from minassa.claims.states import GRANTED, ClaimEvent
from minassa.registry.public import Actor


@dataclass(frozen=True, slots=True)
class Payable:
    """The money of a claim, in centimes.

    `accepted` by the decision, below zero when the firm gives back; `withdrawn` with lines whose contest was upheld;
    `blocked` with lines whose contest waits, and with what checks hold of the others; `paid` already; `now` what may be
    paid at once, never below zero.
    """

    accepted: int
    withdrawn: int
    blocked: int
    paid: int

    @property
    def now(self) -> int:
        """What may be paid at once."""
        return max(0, self.accepted - self.withdrawn - self.blocked - self.paid)

    @property
    def left(self) -> int:
        """What is still to be paid once no contest waits and no line is held."""
        return max(0, self.accepted - self.withdrawn - self.paid)


def payable(claim: Claim) -> Payable:
    """The money of a claim as it stands; nothing before a decision grants it."""
    if claim.state not in GRANTED or claim.accepted_cents is None:
        return Payable(0, 0, 0, 0)
    contests = Contest.objects.filter(claim=claim, by_worker=True)
    upheld = set(contests.filter(upheld=True).values_list("line_id", flat=True))
    waiting = set(contests.filter(answered_at__isnull=True).values_list("line_id", flat=True))
    upheld |= set(Contest.objects.filter(claim=claim, upheld=True).values_list("line_id", flat=True))
    waiting -= upheld
    doubtful = sum(cents for line, cents in held_parts(claim).items() if line not in waiting | upheld)
    blocked = _of(claim, waiting) + doubtful
    return Payable(claim.accepted_cents, _of(claim, upheld), blocked, claim.paid_cents)


def _of(claim: Claim, lines: set[int]) -> int:
    """What these lines brought to the accepted amount: lines cut or that give back brought nothing to pay."""
    kept = Line.objects.filter(claim=claim, pk__in=lines, amount_cents__gt=0)
    cut = CutLine.objects.filter(ruling__claim=claim).values("line_id")
    return int(kept.exclude(pk__in=cut).aggregate(sum=Sum("amount_cents"))["sum"] or 0)


def record_payment(actor: Actor, claim: Claim, cents: int, at: datetime) -> Claim:
    """Tell that so much of a claim was paid. NotPayable beyond what may be paid now: a contested line is not."""
    with acting(actor, "claim.pay", claim, at) as act:
        money = payable(act.claim)
        if not 0 < cents <= money.now:
            raise NotPayable(
                _("Ce montant dépasse ce qui peut être payé maintenant."), claim=act.claim.reference, now=money.now
            )
        book(act, cents)
    return claim


def book(act: Act, cents: int) -> None:
    """Write in a claim what was settled of it (below zero: what came back), whatever contests came meanwhile."""
    left = payable(act.claim).left - cents
    act.set(paid_cents=act.claim.paid_cents + cents)
    act.tell("claim.paid" if cents > 0 else "claim.payment_returned", cents=cents)
    if cents < 0:
        cut = CutLine.objects.filter(ruling__claim=act.claim).exists()
        act.move(ClaimEvent.RETURN_CUT if cut else ClaimEvent.RETURN)
    elif act.claim.state != ClaimState.PAID:
        act.move(ClaimEvent.PAY if left <= 0 else ClaimEvent.PAY_PART)
