"""Visas as people read them: those one may see, their declarations and alerts, and how much of the quota is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, QuerySet

from minassa.registry.public import Actor
from minassa.visas.list_models import ShortageList
from minassa.visas.meeting import HORIZONS
from minassa.visas.parameters import VisaParameter, parameter_on
from minassa.visas.policies import FIRM, oversees
from minassa.visas.quota import PARAMETERS
from minassa.visas.visa_models import Alert, Meeting, QuotaCount, Scope, Visa, VisaState
from minassa.vocabulary.regions import regions

SCOPES: Final = (Scope.NATION, Scope.REGION, Scope.FIRM)


@dataclass(frozen=True, slots=True)
class Used:
    """A quota of a year: how many places there are and are taken, and the parameter that says how many."""

    scope: Scope
    subject: int
    used: int
    parameter: VisaParameter

    @property
    def left(self) -> int:
        """Places left."""
        return max(self.parameter.value - self.used, 0)


@dataclass(frozen=True, slots=True)
class Followed:
    """A visa with what the last run that met the person says at each horizon (None before), and its alerts."""

    visa: Visa
    met: tuple[tuple[int, Meeting | None], ...]
    alerts: tuple[Alert, ...]


def visas_for(actor: Actor) -> QuerySet[Visa]:
    """The visas that the actor may see, the last first: a firm, its own."""
    rows = Visa.objects.select_related("case", "enterprise", "listed", "hire").order_by("-pk")
    return rows if oversees(actor) else rows.filter(enterprise__in=sorted(actor.enterprises(*FIRM)))


def followed(visas: Iterable[Visa]) -> list[Followed]:
    """Each visa with its meetings and alerts; two queries for all."""
    held = list(visas)
    meetings: dict[tuple[int, int], Meeting] = {}
    for one in Meeting.objects.filter(visa__in=held).order_by("pk"):
        meetings[one.visa_id, one.horizon] = one
    alerts: dict[int, list[Alert]] = {visa.pk: [] for visa in held}
    for alert in Alert.objects.filter(visa__in=held).order_by("pk"):
        alerts[alert.visa_id].append(alert)
    return [
        Followed(visa, tuple((at, meetings.get((visa.pk, at))) for at in HORIZONS), tuple(alerts[visa.pk]))
        for visa in held
    ]


def visa_of(case_id: int) -> Visa | None:
    """The place that a case holds or held; None when the fast track has not taken it."""
    return Visa.objects.select_related("listed").filter(case_id=case_id).first()


def quota_used(on: date) -> tuple[Used, list[Used]]:
    """The quota of the country in the year of a day, and that of each region."""
    counted = {
        (row.scope, row.subject): row.used
        for row in QuotaCount.objects.filter(year=on.year, scope__in=(Scope.NATION, Scope.REGION))
    }
    nation, region = (parameter_on(PARAMETERS[scope], on) for scope in (Scope.NATION, Scope.REGION))
    each = [Used(Scope.REGION, one.number, counted.get((Scope.REGION, one.number), 0), region) for one in regions()]
    return Used(Scope.NATION, 0, counted.get((Scope.NATION, 0), 0), nation), each


def ledger_of(year: int) -> dict[str, int]:
    """Places of a year by what became of them: reserved, granted, refused, freed."""
    counted = Visa.objects.filter(year=year).values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(VisaState.values, 0) | dict(counted)


def adopted_lists() -> QuerySet[ShortageList]:
    """Every adopted list, the last first."""
    return ShortageList.objects.filter(number__isnull=False).order_by("-number")
