"""The kinds of origins that there are, each told to whoever may know of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.commissions.models import Point
from minassa.commissions.public import speaks_in
from minassa.consultations.models import (
    Attendance,
    FirmRequest,
    HearingPoint,
    Meeting,
    Poll,
    Presence,
    RequestState,
    Vote,
)
from minassa.consultations.public import FIRM, may_read_hearing, may_read_request
from minassa.platforms.models import Finding
from minassa.platforms.public import checklist, sees_unit, unit
from minassa.registry.models import Role
from minassa.registry.public import Actor, allowed
from minassa.surveys.models import Theme, ThemedAnswer
from minassa.surveys.public import themes_of_enterprises
from minassa.web.chain.origins import OriginKind, Origins, Told
from minassa.web.platforms.wording import entry_name, unit_name
from minassa.web.public.pages import language

Thing = TypeVar("Thing", bound=Model)
REQUEST, POLL, MEETING, HEARING, FINDING = "request", "poll", "meeting", "hearing", "finding"
THEME, SITTING = "theme", "commission"
LONGEST = 120


def _found(kind: type[Thing], number: str) -> Thing | None:
    """The thing of a universal number; None for what is no number, or nobody's."""
    try:
        return kind._default_manager.filter(uuid=UUID(number)).first()  # noqa: SLF001 (Django's own door)
    except ValueError:
        return None


def _request(actor: Actor, number: str) -> Told | None:
    row = _found(FirmRequest, number)
    if row is None or not may_read_request(actor, row):
        return None
    return Told(
        *(REQUEST, str(row.uuid), _LABELS[REQUEST], row.subject),
        address=reverse("firm-request", args=[row.uuid]),
        day=timezone.localdate(row.at),
        mine=actor.may_act_for(row.enterprise_id, *FIRM),
        stands=row.state != RequestState.WITHDRAWN,
        synthetic=row.synthetic,
    )


def _poll(actor: Actor, number: str) -> Told | None:
    row = _found(Poll, number)
    if row is None or not allowed(actor, "consultation.list"):
        return None
    return Told(
        *(POLL, str(row.uuid), _LABELS[POLL], row.titles[language()]),
        address=reverse("poll", args=[row.uuid]),
        day=row.closes_on,
        mine=Vote.objects.filter(poll=row, enterprise__in=actor.enterprises(*FIRM)).exists(),
        synthetic=row.synthetic,
    )


def _meeting(actor: Actor, number: str) -> Told | None:
    row = _found(Meeting, number)
    if row is None or not allowed(actor, "consultation.list"):
        return None
    came = Attendance.objects.filter(meeting=row, state=Presence.CAME, enterprise__in=actor.enterprises(*FIRM))
    return Told(
        *(MEETING, str(row.uuid), _LABELS[MEETING], row.title),
        address=reverse("meeting", args=[row.uuid]),
        day=row.on,
        mine=came.exists(),
        synthetic=row.synthetic,
    )


def _hearing(actor: Actor, number: str) -> Told | None:
    row = _found(HearingPoint, number)
    if row is None or not may_read_hearing(actor, row.hearing):
        return None
    hearing = row.hearing
    return Told(
        *(HEARING, str(row.uuid), _LABELS[HEARING], shortened(row.said)),
        address=reverse("audition", args=[hearing.uuid]) + f"#point-{row.rank}",
        day=hearing.on,
        mine=hearing.enterprise_id is not None and actor.may_act_for(hearing.enterprise_id, *FIRM),
        stands=bool(hearing.approved_by),
        synthetic=hearing.synthetic,
    )


def _finding(actor: Actor, number: str) -> Told | None:
    row = _found(Finding, number)
    if row is None or not (allowed(actor, "platform.list") and sees_unit(actor, row.place)):
        return None
    title = f"{unit_name(unit(row.place))} · {entry_name(checklist()[row.point])}"
    return Told(
        *(FINDING, str(row.uuid), _LABELS[FINDING], title),
        address=reverse("platform-finding", args=[row.uuid]),
        day=row.found_on,
        synthetic=row.synthetic,
    )


def _theme(actor: Actor, number: str) -> Told | None:
    row = _found(Theme, number)
    if row is None:
        return None
    mine = themes_of_enterprises(actor.enterprises(*FIRM)).filter(pk=row.pk).exists()
    reads = allowed(actor, "survey.results", row.survey)
    if not (mine or reads):
        return None
    return Told(
        *(THEME, number, _LABELS[THEME], row.names[language()]),
        address=f"{reverse('survey-themes', args=[row.survey.uuid])}?question={row.question}" if reads else "",
        day=timezone.localdate(row.at),
        mine=mine,
        synthetic=row.survey.synthetic,
    )


def _sitting(actor: Actor, number: str) -> Told | None:
    row = _found(Point, number)
    if row is None or not (actor.has_role(Role.FEDERATION) or speaks_in(actor, row.sitting.commission)):
        return None
    return Told(
        *(SITTING, number, _LABELS[SITTING], row.title),
        address=reverse("commission-sitting", args=[row.sitting.uuid]),
        day=row.sitting.on,
        synthetic=row.sitting.synthetic,
    )


def _speak_in_requests(numbers: Sequence[str]) -> int:
    rows = FirmRequest.objects.filter(uuid__in=_numbers(numbers))
    return rows.values("enterprise").distinct().count()


def _speak_in_hearings(numbers: Sequence[str]) -> int:
    rows = HearingPoint.objects.filter(uuid__in=_numbers(numbers))
    return rows.values("hearing__enterprise", "hearing__body").distinct().count()


def _speak_in_findings(numbers: Sequence[str]) -> int:
    return Finding.objects.filter(uuid__in=_numbers(numbers)).values("place").distinct().count()


def _speak_in_themes(numbers: Sequence[str]) -> int:
    held = ThemedAnswer.objects.filter(theme__uuid__in=_numbers(numbers), out_by="")
    return held.values("submission__asked__enterprise").distinct().count()


def _numbers(given: Sequence[str]) -> list[UUID]:
    """Those that are universal numbers: an origin is kept as it was told, and its thing may be nobody's."""
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


_LABELS = {
    REQUEST: _("Demande d'une entreprise"),
    POLL: _("Sondage"),
    MEETING: _("Événement"),
    HEARING: _("Point d'une audition"),
    FINDING: _("Constat dans une P2I"),
    THEME: _("Thème d'une enquête"),
    SITTING: _("Séance d'une commission"),
}
_TELLERS: dict[str, Callable[[Actor, str], Told | None]] = {
    REQUEST: _request,
    POLL: _poll,
    MEETING: _meeting,
    HEARING: _hearing,
    FINDING: _finding,
    THEME: _theme,
    SITTING: _sitting,
}
_SPEAKERS: dict[str, Callable[[Sequence[str]], int]] = {
    REQUEST: _speak_in_requests,
    HEARING: _speak_in_hearings,
    FINDING: _speak_in_findings,
    THEME: _speak_in_themes,
}
for code, teller in _TELLERS.items():
    Origins.add(OriginKind(code, _LABELS[code], teller, _SPEAKERS.get(code)))
