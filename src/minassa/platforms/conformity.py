"""Conformity of a P2I: visits, what is found of each point of the checklist, and the findings that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.platforms.errors import PlatformError
from minassa.platforms.evidence import keep_evidence
from minassa.platforms.models import Assessment, Finding, Result, Severity, Visit
from minassa.platforms.services_offered import Point, checklist
from minassa.registry.public import Actor, require

LONGEST: Final = 4_000
WRONG: Final = (Result.PARTLY, Result.NOT)


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it comes: its name and bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """A point of the checklist with the last thing that was found of it; None while nobody looked.

    `finding`: what became of it, where it did not conform.
    """

    point: Point
    last: Assessment | None
    finding: Finding | None = None


def visit(actor: Actor, place: int, on: date, said: str, at: datetime) -> Visit:
    """Tell a visit. PlatformError for a day to come, or without a word of what was seen."""
    row = Visit(place=place, on=on, said=_said(said), by=str(actor), at=at)
    require(actor, "platform.inspect", row)
    _require_past(on, at)
    with transaction.atomic():
        row.save(force_insert=True)
        append(f"platform:{place}", "platform.visited", str(actor), {"visit": str(row.uuid), "on": on.isoformat()}, at)
    return row


@dataclass(frozen=True, slots=True)
class Found:
    """What is found of a point: its code, the result, the words, the proof, the visit where it was seen."""

    point: str
    result: str
    said: str = ""
    given: Given | None = None
    visit: Visit | None = None
    severity: str = Severity.MINOR


def assess(actor: Actor, place: int, found: Found, at: datetime, *, synthetic: bool = False) -> Assessment:
    """Say what is found of a point; where it does not conform, a finding is opened that awaits its remedy."""
    row = Assessment(
        place=place,
        point=found.point,
        on=local_day(instant_of(at)),
        result=found.result,
        said=found.said.strip()[:LONGEST],
        visit=found.visit,
        by=str(actor),
        at=at,
    )
    require(actor, "platform.inspect", row)
    point = _checked(found)
    if found.visit is not None and found.visit.place != place:
        raise PlatformError(_("Cette visite est celle d'une autre P2I."))
    if point.proof and found.result == Result.CONFORM and found.given is None:
        raise PlatformError(_("Ce point demande une pièce : déposez-la."))
    with transaction.atomic():
        if found.given is not None:
            row.evidence = keep_evidence(actor, place, found.given.name, found.given.content, at)
        row.save(force_insert=True)
        told = {"point": row.point, "result": row.result}
        append(f"platform:{place}", "platform.assessed", str(actor), told, at)
        if row.result in WRONG:
            _open(row, found.severity, synthetic=synthetic)
    return row


def standings(place: int, day: date) -> list[Standing]:
    """Every point of the checklist of a day, in its order, with what was found last."""
    rows = Assessment.objects.filter(place=place, on__lte=day).select_related("evidence").order_by("at", "pk")
    last = {row.point: row for row in rows}
    opened = {row.point: row for row in Finding.objects.filter(place=place, found_on__lte=day).order_by("pk")}
    followed = {code: opened.get(code) for code, row in last.items() if row.result in WRONG}
    return [
        Standing(point, last.get(code), followed.get(code)) for code, point in checklist().items() if point.since <= day
    ]


def _checked(found: Found) -> Point:
    point = checklist().get(found.point)
    if point is None or found.result not in Result.values or found.severity not in Severity.values:
        raise PlatformError(_("Choisissez le point et ce qui en est constaté."))
    if found.result in WRONG and not found.said.strip():
        raise PlatformError(_("Dites ce qui n'est pas conforme."))
    return point


def _open(row: Assessment, severity: str, *, synthetic: bool) -> None:
    """One finding for a point at a time: one that is still open says the same thing."""
    if Finding.objects.filter(place=row.place, point=row.point).exclude(state="closed").exists():
        return
    made = Finding.objects.create(
        place=row.place,
        point=row.point,
        visit=row.visit,
        severity=severity,
        said=row.said,
        found_on=row.on,
        found_by=row.by,
        synthetic=synthetic,
        touched_at=row.at,
    )
    append(f"platform-finding:{made.uuid}", "platform.finding-opened", row.by, {"point": row.point}, row.at)


def _said(text: str) -> str:
    if not text.strip():
        raise PlatformError(_("Dites ce qui a été vu."))
    return text.strip()[:LONGEST]


def _require_past(day: date, at: datetime) -> None:
    if day > local_day(instant_of(at)):
        raise PlatformError(_("On dit ce qui est fait : la date n'est pas à venir."))
