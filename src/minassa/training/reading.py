"""Cohorts as the last sheet tells each, their graduates, and what the last run said of them."""

from __future__ import annotations

from typing import Final

import polars as pl
from django.db.models import QuerySet

from minassa.registry.public import Actor, allowed
from minassa.talent.flows.forms import COHORT
from minassa.training.models import Agreement, Cohort, Graduate, Outcome, Roll, SeatPlan

_TEXTS: Final = dict.fromkeys(COHORT, pl.String)
GRADUATES: Final = pl.Schema(
    {**_TEXTS, "person": pl.Int64, "graduated_month": pl.Int32, "filiere": pl.Int8, "grounded": pl.Boolean}
)


def cohorts() -> QuerySet[Cohort]:
    """Every cohort, each as the last sheet that speaks of it has it."""
    last = Cohort.objects.order_by(*COHORT, "-roll_id").distinct(*COHORT).values("pk")
    return Cohort.objects.filter(pk__in=last).select_related("roll").order_by(*COHORT)


def cohort_named(provider: str, programme: str, cohort: str) -> Cohort | None:
    """A cohort by its three names; None when no sheet speaks of it."""
    return cohorts().filter(provider=provider, programme=programme, cohort=cohort).first()


def graduates() -> pl.DataFrame:
    """Graduates of cohorts that some sheet of cohorts tells, one row for each person and cohort: `GRADUATES`.

    The last sheet that names a person in a cohort counts: a ground withdrawn there is withdrawn.
    """
    filieres = {tuple(row[:3]): row[3] for row in cohorts().values_list(*COHORT, "filiere")}
    last = Graduate.objects.order_by(*COHORT, "person", "-roll_id").distinct(*COHORT, "person")
    rows = [
        (*row[:3], row[3], row[4], filieres[tuple(row[:3])], row[5] != "none")
        for row in last.values_list(*COHORT, "person", "graduated_month", "ground")
        if tuple(row[:3]) in filieres
    ]
    return pl.DataFrame(rows, schema=GRADUATES, orient="row")


def last_outcome(cohort: Cohort) -> Outcome | None:
    """What the last run that met its graduates said of a cohort; None before one did."""
    named = {name: getattr(cohort, name) for name in COHORT}
    return Outcome.objects.filter(**named).order_by("-pk").first()


def cohorts_for(actor: Actor) -> QuerySet[Cohort]:
    """The cohorts that the actor may read."""
    return cohorts() if allowed(actor, "training.view") else Cohort.objects.none()


def rolls_for(actor: Actor) -> QuerySet[Roll]:
    """The sheets that the actor may read, the latest first."""
    rows = Roll.objects.order_by("-pk")
    return rows if allowed(actor, "training.view") else rows.none()


def plans_for(actor: Actor) -> QuerySet[SeatPlan]:
    """The plans of seats that the actor may read, with their answers, the latest first."""
    rows = SeatPlan.objects.select_related("answer", "follows__answer").order_by("-pk")
    return rows if allowed(actor, "training.view") else rows.none()


def agreements_for(actor: Actor) -> QuerySet[Agreement]:
    """The agreements that the actor may read, the latest first: who plans, all; others, those they recorded.

    An agreement names a firm, which other training bodies have no reason to know of.
    """
    rows = Agreement.objects.select_related("enterprise").order_by("-pk")
    if not allowed(actor, "training.view"):
        return rows.none()
    return rows if allowed(actor, "seats.plan") else rows.filter(recorded_by=str(actor))
