"""Asks for a plan and reads plans again. Asking is one transaction, told to the journal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.outlook.optimiser.choices import Limits
from minassa.registry.public import Actor, require
from minassa.steering.plan_models import PremiumPlan
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.rates import BASIS_POINTS

WAITING_AT_MOST: Final = 5
"""Plans of one person that may wait at once: each takes the worker some seconds."""
BUDGET_AT_MOST: Final = 10**15
"""Centimes a year."""


class PlanRefused(MinassaError):
    """A plan that cannot be asked for as it is."""

    code = "plan-refused"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a plan: centimes a year, and the limits in basis points (see `outlook.optimiser.choices`)."""

    budget_year: int
    pae_floor: int
    paf_floor: int
    stability: int
    region_floor: int

    @property
    def limits(self) -> Limits:
        """The same for the optimiser."""
        return Limits(**asdict(self))


def stream_of(plan_id: int) -> str:
    """The stream of a plan in the journal."""
    return f"plan:{plan_id}"


def ask(actor: Actor, wish: Wish, at: datetime) -> PremiumPlan:
    """Ask for a plan. PlanRefused for what no plan may be, or when too many of the same person wait."""
    require(actor, "plan.ask")
    rates = (wish.pae_floor, wish.paf_floor, wish.stability, wish.region_floor)
    if not 0 < wish.budget_year <= BUDGET_AT_MOST or any(not 0 <= rate <= BASIS_POINTS for rate in rates):
        raise PlanRefused(_("Donnez un budget au-dessus de zéro, et des taux de 0 à 100 %."))
    waiting = PremiumPlan.objects.filter(asked_by=str(actor), made_at__isnull=True).count()
    if waiting >= WAITING_AT_MOST:
        raise PlanRefused(_("Vos plans précédents se cherchent encore : attendez qu'ils soient là."))
    with transaction.atomic():
        plan = PremiumPlan.objects.create(asked_by=str(actor), asked_at=at, wish=asdict(wish))
        append(stream_of(plan.pk), "plan.asked", str(actor), asdict(wish), at)
    return plan


def plans_for(actor: Actor) -> QuerySet[PremiumPlan]:
    """The plans that an actor may read, the last asked first: all, or none."""
    require(actor, "plan.ask")
    return PremiumPlan.objects.order_by("-pk")
