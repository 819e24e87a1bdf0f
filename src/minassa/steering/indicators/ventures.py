"""The indicator of start-ups: those of the register that were checked and have not closed, month by month."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.steering.indicators.catalogue import Break, Frequency, Source, Unit, indicator
from minassa.ventures.models import Venture
from minassa.ventures.public import definition
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.statuses import Status

DEFINED: Final = Break(
    _("Aucun texte lu ne définit la start-up : ce que le registre compte est supposé, et un minimum."), Status.ASSUMED
)
Sums = dict[int, dict[str, int | None]]


@indicator(
    label=_("Start-up vérifiées au registre"),
    definition=_("Start-up du registre dont le dire a été vérifié par une autre main et qui n'ont pas fermé."),
    status=Status.ASSUMED,
    breaks=(DEFINED,),
    group="value",
    unit=Unit.COUNT,
    frequency=Frequency.MONTH,
    source=Source.VENTURES,
    origin=_("Registre des PME et des start-up"),
    owner="mtnra",
)
def startups_checked(startups: int) -> int:
    """Start-ups that are checked and open."""
    return startups


def checked_by_month() -> Sums:
    """How many start-ups stood checked and open at the end of each month since the first one; none before it."""
    kinds = definition().target.kinds
    rows = Venture.objects.filter(kind__in=kinds, claims__verdict__holds=True)
    spans = list(rows.annotate(first=Min("claims__verdict__at")).values_list("first", "closed_on"))
    if not spans:
        return {}
    known = [(month_of(timezone.localdate(first)), _end(closed)) for first, closed in spans]
    months = range(min(first for first, _last in known), month_of(timezone.localdate()) + 1)
    return {month: {"startups": sum(first <= month < last for first, last in known)} for month in months}


def _end(closed: date | None) -> int:
    """The month from which a venture is counted no longer."""
    return month_of(closed) if closed else 10**6
