"""When the premium of a job is granted, the advance on it is imputed on what the firm is paid: it is never paid twice.

What of an advance passes the premium is left with nobody: a dated rule says whether it is asked back or retained.
The worker does it once the decision is written, so that rows of claims and of the ledger are never held together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from minassa.claims.models import ClaimState, CutLine, Line
from minassa.conventions.acting import PLATFORM, Act, acting
from minassa.conventions.advance_models import Advance, AdvanceLine, AdvanceState, HearingState, Imputation
from minassa.conventions.advancing import MEASURE, standing
from minassa.conventions.hearing import open_excess
from minassa.conventions.parameters import convention_parameter
from minassa.delays import instant_of, local_day
from minassa.ledger.models import Entitlement
from minassa.ledger.public import Settled, UnknownParameter, cancel, impute

GRANTED: Final = (ClaimState.ACCEPTED, ClaimState.CUT, ClaimState.PAID)
LINKS: Final = ("advance__convention", "hearing", "imputation")
GROUND: Final = "Prime du même emploi accordée"
REST_RULE: Final = "advance_rest_rule"
ASK_BACK, RETAIN = "ask_back", "next_payments"
"""The values that the rule may take."""


def impute_next(at: datetime) -> bool:
    """Impute the advances of one convention on the premiums that were granted since; False when there are none."""
    waiting = _waiting().select_related("advance__convention").first()
    if waiting is None:
        return False
    with acting(PLATFORM, "", waiting.advance.convention, at) as act:
        made = _imputed(act)
        for one in made:
            if (rest := _rest(one)) > 0:
                open_excess(act, one.line, rest, one.claim_line.claim.run)
        for reference in sorted({one.line.advance.reference for one in made}):
            amount = sum(one.amount + one.carried for one in made if one.line.advance.reference == reference)
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
    """The imputations of a convention, written: of each line what still stands, within the premium of its hire.

    A premium claimed again, for what later declarations added, is one with the first.
    """
    rows = list(_waiting().filter(advance__convention=act.convention).select_related(*LINKS))
    persons = {row.person for row in rows}
    granted = premium_lines().filter(person__in=persons, claim__enterprise=act.convention.enterprise_id)
    premiums: dict[tuple[int, int], list[Line]] = {}
    for line in granted.select_related("claim").order_by("pk"):
        premiums.setdefault((line.person, line.hired_month), []).append(line)
    left = {hire: _left_of(lines) for hire, lines in premiums.items()}
    retained = _rest_is_retained(act)
    made = []
    for row in rows:
        hire = (row.person, row.hired_month)
        stands = standing(row)
        amount = max(0, min(stands, left[hire]))
        left[hire] -= amount
        carried = stands - amount if retained or hasattr(row, "hearing") else 0
        made.append(Imputation(line=row, claim_line=premiums[hire][0], amount=amount, carried=carried, at=act.at))
    return Imputation.objects.bulk_create(made)


def _left_of(lines: Sequence[Line]) -> int:
    """What of the premium of a hire no advance was imputed on yet, in centimes."""
    done = Imputation.objects.filter(claim_line__in=lines).aggregate(n=Sum("amount"))["n"]
    return sum(line.amount_cents for line in lines) - int(done or 0)


def _rest_is_retained(act: Act) -> bool:
    """Whether the rule of the day retains what passes the premium on what the firm is paid next; UnknownParameter.

    Else the firm is heard before it is asked back; of a line about which it was heard already, it is retained too.
    """
    rule = str(convention_parameter(REST_RULE, local_day(instant_of(act.at))).value)
    if rule not in {ASK_BACK, RETAIN}:
        raise UnknownParameter(f"« {rule} » n'est pas une règle pour le reste d'une avance.", code=REST_RULE)
    return rule == RETAIN


def _rest(one: Imputation) -> int:
    """What of an advance was neither imputed nor carried nor taken back, in centimes."""
    hearing = getattr(one.line, "hearing", None)
    return int(one.line.amount - (hearing.taken_back if hearing else 0) - one.amount - one.carried)


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
    imputed = sum(line.imputation.amount + line.imputation.carried for line in lines if hasattr(line, "imputation"))
    return imputed + sum(line.hearing.taken_back for line in lines if hasattr(line, "hearing"))


def settled(told: Iterable[Settled], at: datetime) -> None:
    """What the bank did to advances: what was imputed while they were being paid is now retained, or cancelled.

    The rows of the ledger are held by the caller; no convention is locked, for others lock it first.
    """
    moved = {one.reference for one in told}
    for reference in Advance.objects.filter(reference__in=moved).order_by("pk").values_list("reference", flat=True):
        square(reference, at)
