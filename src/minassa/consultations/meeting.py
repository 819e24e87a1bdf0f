"""Events: firms sign up while there is room, and it is noted who came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.consultations.errors import ConsultationError
from minassa.consultations.models import Attendance, Meeting, Presence
from minassa.consultations.wording import line
from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require

LARGEST = 10_000
LONGEST_PLACE = 120
TAKEN = (Presence.COMING, Presence.CAME)
NOTED = (Presence.CAME, Presence.ABSENT)


@dataclass(frozen=True, slots=True)
class Announced:
    """An event as it is announced; `capacity`: firms that may come."""

    title: str
    said: str
    place: str
    on: date
    capacity: int


def announce(actor: Actor, told: Announced, at: datetime, *, synthetic: bool = False) -> Meeting:
    """Announce an event to every firm. ConsultationError says what is missing."""
    require(actor, "consultation.hold")
    if told.on < local_day(instant_of(at)):
        raise ConsultationError(_("Un événement s'annonce avant son jour."))
    if not 1 <= told.capacity <= LARGEST:
        raise ConsultationError(_("Dites combien d'entreprises peuvent venir, de 1 à %(most)d.") % {"most": LARGEST})
    with transaction.atomic():
        made = Meeting.objects.create(
            title=line(told.title, _("Dites le titre.")),
            said=told.said.replace("\x00", "").strip()[:4_000],
            place=line(told.place, _("Dites le lieu."), LONGEST_PLACE),
            on=told.on,
            capacity=told.capacity,
            synthetic=synthetic,
            by=str(actor),
            at=at,
        )
        append(stream_of_meeting(made), "consultation.announced", str(actor), {"on": told.on.isoformat()}, at)
    return made


def sign_up(actor: Actor, meeting: Meeting, enterprise: Enterprise, at: datetime, *, comes: bool) -> None:
    """A firm comes, or no longer does. ConsultationError once the day is past, or when there is no room left."""
    require(actor, "consultation.come", Attendance(meeting=meeting, enterprise=enterprise))
    if meeting.on < local_day(instant_of(at)):
        raise ConsultationError(_("Cet événement est passé."))
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        row = Attendance.objects.filter(meeting=held, enterprise=enterprise).first()
        if row is not None and row.state in NOTED:
            raise ConsultationError(_("Il est déjà noté si votre entreprise est venue."))
        others = held.attendances.filter(state__in=TAKEN).exclude(enterprise=enterprise).count()
        if comes and others >= held.capacity:
            raise ConsultationError(_("Il n'y a plus de place."))
        state = Presence.COMING if comes else Presence.CANCELLED
        _set(row or Attendance(meeting=held, enterprise=enterprise), state, at)
        append(stream_of_meeting(held), "consultation.signed-up", str(actor), {"comes": comes}, at)


def note_presence(actor: Actor, meeting: Meeting, came: Iterable[int], at: datetime) -> None:
    """Note which of the firms that signed up came (their numbers in the register), once the day has come."""
    require(actor, "consultation.hold")
    if meeting.on > local_day(instant_of(at)):
        raise ConsultationError(_("On note qui est venu le jour même, ou après."))
    there = set(came)
    with transaction.atomic():
        rows = meeting.attendances.select_for_update().exclude(state=Presence.CANCELLED)
        for row in rows:
            _set(row, Presence.CAME if row.enterprise_id in there else Presence.ABSENT, at)
        append(stream_of_meeting(meeting), "consultation.presence", str(actor), {"came": len(there)}, at)


def stream_of_meeting(meeting: Meeting) -> str:
    """The stream of an event in the journal."""
    return f"consultation:{meeting.uuid}"


def _set(row: Attendance, state: Presence, at: datetime) -> None:
    row.state, row.touched_at, row.version = state, at, row.version + 1
    row.save()
