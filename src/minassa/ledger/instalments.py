"""What a firm gives back, spread over months: a plan is dated, its parts sum to what is due, the last one holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.journal.public import append_to_each
from minassa.ledger.budget_models import Instalment, Recovery
from minassa.ledger.errors import LedgerError, UnknownSubject, WrongAmount
from minassa.ledger.parameters import number
from minassa.registry.public import Actor, require
from minassa.vocabulary.periods import first_day, last_day, month_of
from minassa.vocabulary.rounding import allocate


@transaction.atomic
def plan_instalments(actor: Actor, number_of: str, count: int, first_on: date, at: datetime) -> list[Instalment]:
    """Spread what a recovery still leaves due over monthly instalments, replacing the plan before it.

    The parts sum to what is due, to the centime. Forbidden, UnknownSubject, WrongAmount when nothing is due,
    LedgerError for more instalments than the rule of the day allows.
    """
    recovery = held(number_of)
    require(actor, "entitlement.keep", recovery)
    most = number("instalments_at_most", timezone.localdate(at))
    if not 1 <= count <= most:
        raise LedgerError(_("Un plan compte de 1 à %(most)d échéances.") % {"most": most})
    if recovery.due < count:
        raise WrongAmount(_("Il ne reste pas de quoi faire ces échéances."))
    last = recovery.instalments.order_by("-plan").values_list("plan", flat=True).first() or 0
    rows = [
        Instalment(recovery=recovery, plan=last + 1, rank=rank, due_on=_months_later(first_on, rank - 1), amount=part)
        for rank, part in enumerate(allocate(recovery.due, [1] * count), start=1)
    ]
    told = {"recovery": recovery.number, "plan": last + 1, "parts": [row.amount for row in rows]}
    append_to_each({f"recovery:{recovery.pk}": (at, [("ledger.plan", told)])}, str(actor))
    return Instalment.objects.bulk_create(rows)


def plan_of(recovery: Recovery) -> list[Instalment]:
    """The instalments of the plan that holds, in order; empty when there is none."""
    return plans_of([recovery]).get(recovery.pk, [])


def held(recovery_number: str) -> Recovery:
    """The recovery, its row held until the end of the transaction; UnknownSubject."""
    found = Recovery.objects.select_for_update().filter(number=recovery_number).first()
    if found is None:
        raise UnknownSubject(_("Aucune somme à rendre ne porte ce numéro."))
    return found


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of the month when it has no such day."""
    month = month_of(day) + months
    return first_day(month).replace(day=min(day.day, last_day(month).day))


@dataclass(frozen=True, slots=True)
class Standing:
    """An instalment of the plan that holds: what is still to come of it (centimes), whether its day is past."""

    instalment: Instalment
    left: int
    late: bool


def standing_of(recovery: Recovery, plan: Sequence[Instalment], on: date) -> list[Standing]:
    """How a plan is kept on a day: what came back since it was made covers its instalments in their order."""
    came_back = max(sum(one.amount for one in plan) - (recovery.amount - recovery.settled), 0)
    found = []
    for one in plan:
        covered = min(came_back, one.amount)
        came_back -= covered
        left = one.amount - covered
        found.append(Standing(one, left, late=left > 0 and one.due_on < on))
    return found


def plans_of(recoveries: Collection[Recovery]) -> dict[int, list[Instalment]]:
    """The plan that holds of each recovery, by its key, in order: one query for all."""
    plans: dict[int, list[Instalment]] = {}
    for one in Instalment.objects.filter(recovery__in=list(recoveries)).order_by("recovery", "-plan", "rank"):
        kept = plans.setdefault(one.recovery_id, [])
        if not kept or kept[0].plan == one.plan:
            kept.append(one)
    return plans
