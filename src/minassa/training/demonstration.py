"""What a demonstration tells of training: invented cohorts, plans, agreements, through the doors people use."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minassa.delays import instant_of, local_day
from minassa.nation.cohorts import SHEET, make_cohorts, written
from minassa.registry.demonstration import DOMAIN
from minassa.registry.models import Account, Enterprise
from minassa.registry.public import Actor, actor_of
from minassa.talent.seats.catalogue import Wanted
from minassa.training.agreeing import Promise, record_agreement
from minassa.training.asking import ask_plan, edit_plan
from minassa.training.models import Agreement, Cohort, Content, SeatPlan
from minassa.training.reading import cohorts
from minassa.training.taking import take
from minassa.vocabulary.periods import month_of

SEED: Final = 2025
YEARS: Final = 3
FIRST: Final = Wanted(budget_year=9_000_000_000, years=4, stability=3_000, floor=7_000)
"""Ninety million dirhams a year: a budget that binds."""
EDIT: Final = ("cloud-devops", 2, 30)
AGREED: Final = 3
COST: Final = 45_000_000


def give_training(at: datetime) -> str:
    """Cohorts, two plans and some agreements, each made when there is none; a sentence that says what there is."""
    today = local_day(instant_of(at))
    trainer, planner = _actor("formation"), _actor("secretariat")
    if not Cohort.objects.exists():
        made = make_cohorts(SEED, today.year - YEARS + 1, YEARS, month_of(today))
        take(trainer, Content.COHORTS, SHEET, written(made), at)
    if not SeatPlan.objects.exists():
        plan = ask_plan(planner, "Plan national (synthétique)", FIRST, at)
        programme, region, seats = EDIT
        edit_plan(planner, plan, (programme, region, today.year + 1, seats), at)
    if not Agreement.objects.exists():
        _agree(trainer, at)
    return f"Formation (synthétique) : {cohorts().count()} cohortes, {SeatPlan.objects.count()} plans de places"


def _agree(actor: Actor, at: datetime) -> None:
    firms = Enterprise.objects.order_by("pk")[:AGREED]
    over = cohorts().filter(kind__in=("talent_factory", "alternance"), placed__isnull=False).order_by("pk")
    for rank, (firm, cohort) in enumerate(zip(firms, over, strict=False)):
        promised = max(1, (cohort.seats or 2) // 2)
        kind = "alternance" if cohort.kind == "alternance" else "talent_factory"
        cost = None if rank == AGREED - 1 else COST
        record_agreement(actor, Promise(firm, kind, cohort, promised, cost, local_day(instant_of(at))), at)


def _actor(name: str) -> Actor:
    return actor_of(Account.objects.get(email=f"{name}@{DOMAIN}"))
