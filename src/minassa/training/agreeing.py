"""Agreements recorded, and what became of their promises: as cohorts tell it, and empty where no cohort does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.outlook.disclosure.parameters import control
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.talent.flows.forms import COHORT
from minassa.training.asking import next_number
from minassa.training.errors import TrainingError
from minassa.training.inserting import Seen, seen
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
    """An agreement beside its cohort, as its body tells it and as declarations do.

    `placed`: people, told by the body; `kept`: graduates of the cohort whom employers declare twelve months after, of
    `observed` followed, None under ten. Costs in centimes, None when jobs or cost are unknown; `cost_per_kept` is the
    most a kept job costs, for graduates without consent or legal ground are not followed.
    """

    agreement: Agreement
    cohort: Cohort | None
    placed: int | None
    cost_per_job: int | None
    observed: int
    kept: int | None
    cost_per_kept: int | None


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
    known = {_key(one): one for one in codes}
    met = {_key(one.cohort): one for one in seen()} if rows else {}
    return [_beside(one, known.get(_key(one)), met.get(_key(one))) for one in rows]


def _key(named: Agreement | Cohort) -> tuple[str, ...]:
    return tuple(getattr(named, name) for name in COHORT)


def _beside(agreement: Agreement, cohort: Cohort | None, met: Seen | None) -> Followed:
    placed = cohort.placed if cohort else None
    kept = met.employed if met is not None and met.observed >= control().fewest_persons.value else None
    return Followed(
        agreement,
        cohort,
        placed,
        _each(agreement.cost, placed),
        met.observed if met is not None else 0,
        kept,
        _each(agreement.cost, kept),
    )


def _each(cost: int | None, jobs: int | None) -> int | None:
    """Centimes for each job; None when one of the two is unknown, or there is no job."""
    return divide(cost, jobs, Direction.HALF_UP, "minassa-default#places") if cost is not None and jobs else None
