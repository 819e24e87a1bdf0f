"""Agreements recorded, and what became of their promises: as cohorts tell it, and empty where no cohort does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.talent.flows.forms import COHORT
from minassa.training.asking import next_number
from minassa.training.errors import TrainingError
from minassa.training.models import Agreement, Cohort
from minassa.training.reading import cohorts
from minassa.vocabulary.rounding import Direction, divide


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agreement is to say; `cost` in centimes, None when unknown."""

    enterprise: Enterprise
    kind: str
    cohort: Cohort
    promised_hires: int
    cost: int | None
    signed_on: date


@dataclass(frozen=True, slots=True)
class Followed:
    """An agreement beside its cohort; `cost_per_job` in centimes, None when jobs or cost are unknown."""

    agreement: Agreement
    cohort: Cohort | None
    placed: int | None
    cost_per_job: int | None


def record_agreement(actor: Actor, promise: Promise, at: datetime) -> Agreement:
    """Record an agreement. TrainingError for a promise of nobody, or of more than the seats of the cohort."""
    require(actor, "training.agree")
    cohort = promise.cohort
    if promise.promised_hires < 1 or (cohort.seats is not None and promise.promised_hires > cohort.seats):
        raise TrainingError(_("Les embauches promises vont d'une à autant que la cohorte a de places."))
    if promise.signed_on > local_day(instant_of(at)):
        raise TrainingError(_("Un accord est enregistré une fois signé : sa date ne peut pas être à venir."))
    with transaction.atomic():
        number = next_number("training_agreement")
        made = Agreement.objects.create(
            pk=number,
            reference=f"AF-{local_day(instant_of(at)).year}-{number:04d}",
            enterprise=promise.enterprise,
            kind=promise.kind,
            **{name: getattr(cohort, name) for name in COHORT},
            promised_hires=promise.promised_hires,
            cost=promise.cost,
            signed_on=promise.signed_on,
            recorded_by=str(actor),
            recorded_at=at,
        )
        body = {"agreement": made.reference, "enterprise": promise.enterprise.pk, "promised": promise.promised_hires}
        append(f"training-agreement:{made.pk}", "training.agreed", str(actor), body, at)
    return made


def followed(agreements: Iterable[Agreement]) -> list[Followed]:
    """Agreements beside their cohorts as they now stand."""
    rows = list(agreements)
    codes = cohorts().filter(cohort__in={one.cohort for one in rows})
    known = {tuple(getattr(one, name) for name in COHORT): one for one in codes}
    return [_beside(one, known.get(tuple(getattr(one, name) for name in COHORT))) for one in rows]


def _beside(agreement: Agreement, cohort: Cohort | None) -> Followed:
    placed = cohort.placed if cohort else None
    known = agreement.cost is not None and placed
    cost = divide(agreement.cost or 0, placed or 1, Direction.HALF_UP, "minassa-default#places") if known else None
    return Followed(agreement, cohort, placed, cost)
