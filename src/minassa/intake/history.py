"""What an enterprise sent: all of it, the versions of one declaration, months declared and months missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db.models import QuerySet

from minassa.declarations.kinds import EBDS_PRINCIPAL
from minassa.intake.lake import lake
from minassa.intake.models import Upload, UploadState
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.vocabulary.periods import first_day, format_month, month_index, month_of

DUE_DAY: Final = 10
"""Day of the next month by which wages are declared to CNSS. Inferred: the usual rule, in no text read so far."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Months (indexes) whose wages are declared, and those missing up to the last month that is over."""

    months: tuple[int, ...]
    missing: tuple[int, ...]

    @property
    def until(self) -> str:
        """The last month, AAAA-MM, up to which nothing is missing since the first one declared; "" when none is."""
        if not self.months:
            return ""
        last = self.months[0]
        while last + 1 in self.months:
            last += 1
        return format_month(last)

    @property
    def due_on(self) -> date | None:
        """The day by which the oldest missing month should have been, or is to be, declared."""
        return due_on(self.missing[0]) if self.missing else None


def due_on(month: int) -> date:
    """The day by which the wages of a month are declared."""
    return first_day(month + 1).replace(day=DUE_DAY)


def history(actor: Actor, enterprise: Enterprise) -> QuerySet[Upload]:
    """All that was sent for an enterprise, the last first. `Forbidden`."""
    require(actor, "upload.list", enterprise)
    return (
        Upload.objects.filter(enterprise=enterprise)
        .select_related("enterprise", "supersedes")
        .order_by("-received_at", "-pk")
    )


def versions(upload: Upload) -> QuerySet[Upload]:
    """The files sent for the same declaration, this one among them, the last first; itself alone while not checked."""
    rows = Upload.objects.select_related("supersedes").order_by("-received_at", "-pk")
    if not upload.supersession_key:
        return rows.filter(pk=upload.pk)
    return rows.filter(enterprise=upload.enterprise_id, supersession_key=upload.supersession_key)


def declared(enterprise: Enterprise, on: date) -> Declared:
    """The months declared to CNSS for an enterprise, as the lake has them, and those missing on a day."""
    last = month_of(on) - 1
    months = _months(enterprise)
    first = months[0] if months else last
    return Declared(months, tuple(month for month in range(first, last + 1) if month not in months))


def _months(enterprise: Enterprise) -> tuple[int, ...]:
    if enterprise.affiliation is None:
        return ()
    asked = pl.col("current") & (pl.col("kind") == EBDS_PRINCIPAL) & (pl.col("affiliation") == enterprise.affiliation)
    periods = lake().files().filter(asked).select("period").collect()["period"].unique().to_list()
    return tuple(sorted(month_index(int(period[:4]), int(period[4:])) for period in periods))


@dataclass(frozen=True, slots=True)
class Sent:
    """What a case may say of the declarations of its enterprise."""

    declared_until: str
    missing: tuple[str, ...]
    waiting: int
    deposited: int


def uploads_of(enterprise: Enterprise, on: date) -> Sent:
    """Up to which month (AAAA-MM) wages are declared, which are missing on a day, how many files wait or are in."""
    found = declared(enterprise, on)
    rows = Upload.objects.filter(enterprise=enterprise)
    waiting = (UploadState.RECEIVED, UploadState.CHECKING, UploadState.CHECKED, UploadState.DEPOSITING)
    return Sent(
        found.until,
        tuple(format_month(month) for month in found.missing),
        rows.filter(state__in=waiting).count(),
        rows.filter(state=UploadState.DEPOSITED).count(),
    )
