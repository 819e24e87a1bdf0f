"""When the premium of a job is granted, the advance on it is imputed on what the firm is paid: it is never paid twice.

The worker does it once the decision is written, so that rows of claims and of the ledger are never held together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Exists, F, OuterRef, QuerySet

from minassa.claims.models import ClaimState, CutLine, Line
from minassa.conventions.acting import PLATFORM, Act, acting
from minassa.conventions.advance_models import Advance, AdvanceLine, AdvanceState, HearingState, Imputation
from minassa.conventions.advancing import MEASURE, standing
from minassa.ledger.models import Entitlement
from minassa.ledger.public import Settled, cancel, impute

GRANTED: Final = (ClaimState.ACCEPTED, ClaimState.CUT, ClaimState.PAID)
LINKS: Final = ("advance__convention", "hearing", "imputation")
GROUND: Final = "Prime du même emploi accordée"


def impute_next(at: datetime) -> bool:
    """Impute the advances of one convention on the premiums that were granted since; False when there are none."""
    waiting = _waiting().select_related("advance__convention").first()
    if waiting is None:
        return False
    with acting(PLATFORM, "", waiting.advance.convention, at) as act:
        made = _imputed(act)
        for reference in sorted({one.line.advance.reference for one in made}):
            amount = sum(one.amount for one in made if one.line.advance.reference == reference)
            act.tell("advance.imputed", advance=reference, amount=amount)
            square(reference, act.at)
    return True


def premium_lines() -> QuerySet[Line]:
    """Lines of claims that grant the premium of a hire."""
    cut = CutLine.objects.filter(line=OuterRef("pk"))
    rows = Line.objects.filter(claim__measure=MEASURE, claim__state__in=GRANTED, entitled=True, amount_cents__gt=0)
    return rows.exclude(Exists(cut))


def _waiting() -> QuerySet[AdvanceLine]:
    """Lines of advances whose hire was granted its premium, not imputed yet, and about which nobody is being heard."""
    same = premium_lines().filter(
        person=OuterRef("person"),
        hired_month=OuterRef("hired_month"),
        claim__enterprise=OuterRef("advance__convention__enterprise"),
    )
    rows = AdvanceLine.objects.filter(Exists(same), advance__state=AdvanceState.GRANTED, imputation__isnull=True)
    heard = (HearingState.OPEN, HearingState.REPLIED)
    whole_back = {"hearing__amount": F("amount"), "hearing__state__in": (HearingState.RECOVERED, HearingState.WITHHELD)}
    return rows.exclude(hearing__state__in=heard).exclude(**whole_back).order_by("pk")


def _imputed(act: Act) -> list[Imputation]:
    """The imputations of a convention, written: of each line what still stands, within the premium of its hire."""
    rows = list(_waiting().filter(advance__convention=act.convention).select_related(*LINKS))
    persons = {row.person for row in rows}
    granted = premium_lines().filter(person__in=persons, claim__enterprise=act.convention.enterprise_id)
    premiums = {(line.person, line.hired_month): line for line in granted}
    left = {hire: line.amount_cents - _imputed_on(line) for hire, line in premiums.items()}
    made = []
    for row in rows:
        hire = (row.person, row.hired_month)
        amount = max(0, min(standing(row), left[hire]))
        left[hire] -= amount
        made.append(Imputation(line=row, claim_line=premiums[hire], amount=amount, at=act.at))
    return Imputation.objects.bulk_create(made)


def _imputed_on(line: Line) -> int:
    return sum(Imputation.objects.filter(claim_line=line).values_list("amount", flat=True))


def square(reference: str, at: datetime) -> None:
    """Bring the ledger to what was imputed on an advance: retained on the next orders if paid, cancelled if not.

    What is on its way to the bank waits for its answer, which calls this again.
    """
    entitled = Entitlement.objects.select_for_update().get(reference=reference)
    done = entitled.recovered + entitled.cancelled
    due = _due_back(reference)
    paid = min(due - done, entitled.settled - entitled.recovered)
    if paid > 0:
        impute(PLATFORM, reference, paid, GROUND, f"impute:{reference}:{done}", at)
        done += paid
    unpaid = min(due - done, entitled.cancellable)
    if unpaid > 0:
        cancel(PLATFORM, reference, unpaid, GROUND, f"impute:{reference}:{done}:unpaid", at)


def _due_back(reference: str) -> int:
    """What has to come back of an advance, in centimes: imputed on premiums, asked back or withheld."""
    lines = AdvanceLine.objects.filter(advance__reference=reference).select_related("hearing", "imputation")
    imputed = sum(line.imputation.amount for line in lines if hasattr(line, "imputation"))
    return imputed + sum(line.hearing.taken_back for line in lines if hasattr(line, "hearing"))


def settled(told: Iterable[Settled], at: datetime) -> None:
    """What the bank did to advances: what was imputed while they were being paid is now retained, or cancelled.

    The rows of the ledger are held by the caller; no convention is locked, for others lock it first.
    """
    moved = {one.reference for one in told}
    for reference in Advance.objects.filter(reference__in=moved).order_by("pk").values_list("reference", flat=True):
        square(reference, at)
