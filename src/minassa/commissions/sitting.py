"""A session of a commission: planned, its agenda, who came, its minutes written by one hand and approved by another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from minassa.commissions.errors import CommissionError, SameHand, StaleRow
from minassa.commissions.known import Commission
from minassa.commissions.models import Member, Point, Presence, Sitting, SittingState
from minassa.commissions.seating import LONGEST, members_on, stream_of
from minassa.commissions.states import SITTING_MOVES, SittingEvent
from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor, require

_PART: Final = (SittingEvent.PUT, SittingEvent.APPROVE, SittingEvent.RETURN)
"""What whoever speaks for a member may do; the rest is of those who keep the commission."""


def plan_sitting(
    actor: Actor, one: Commission, on: date, where: str, points: Iterable[str], at: datetime, *, synthetic: bool = False
) -> Sitting:
    """Plan a session with the first points of its agenda."""
    require(actor, "commission.write", one)
    titles = [title for each in points if (title := _line(each))]
    with transaction.atomic():
        made = Sitting.objects.create(
            commission=one.code,
            on=on,
            where=_line(where)[:200],
            synthetic=synthetic,
            by=str(actor),
            at=at,
            touched_at=at,
        )
        _put(actor, made, titles, at)
        append(stream_of(one.code), "commission.sitting-planned", str(actor), {"sitting": str(made.uuid)}, at)
    return made


def put_point(actor: Actor, sitting: Sitting, title: str, at: datetime, *, expected: int | None = None) -> None:
    """Put a point on the agenda of a session that is planned."""
    with _acting(actor, SittingEvent.PUT, sitting, at, expected) as act:
        if not _line(title):
            raise CommissionError(_("Dites le point."))
        _put(actor, act.row, [_line(title)], act.at)


def hold(actor: Actor, sitting: Sitting, came: Iterable[Member], at: datetime, *, expected: int | None = None) -> None:
    """The session was held: every member of the day came, or did not. CommissionError without a point, or too early."""
    with _acting(actor, SittingEvent.HOLD, sitting, at, expected) as act:
        row = act.row
        if row.on > local_day(instant_of(act.at)):
            raise CommissionError(_("Cette séance est à venir."))
        if not row.points.exists():
            raise CommissionError(_("L'ordre du jour est vide : mettez-y un point."))
        there = {one.pk for one in came}
        Presence.objects.bulk_create(
            Presence(sitting=row, member=one, came=one.pk in there) for one in members_on(row.commission, row.on)
        )


def cancel(actor: Actor, sitting: Sitting, at: datetime, *, expected: int | None = None) -> None:
    """The session will not be held."""
    with _acting(actor, SittingEvent.CANCEL, sitting, at, expected):
        pass


def write_minutes(actor: Actor, sitting: Sitting, text: str, at: datetime, *, expected: int | None = None) -> None:
    """Write the minutes, which another hand approves."""
    with _acting(actor, SittingEvent.MINUTE, sitting, at, expected) as act:
        said = text.replace("\x00", "").strip()
        if not said or len(said) > LONGEST * 5:
            raise CommissionError(
                _("Dites ce qui a été dit et convenu, en %(most)d caractères au plus.") % {"most": LONGEST * 5}
            )
        act.set(minutes=said, minutes_by=str(actor))


def approve_minutes(actor: Actor, sitting: Sitting, at: datetime, *, expected: int | None = None) -> None:
    """Approve the minutes, which no longer change. SameHand for who wrote them."""
    with _acting(actor, SittingEvent.APPROVE, sitting, at, expected) as act:
        if act.row.minutes_by in actor.hands:
            raise SameHand(_("Qui a écrit le procès-verbal ne l'approuve pas."))
        digest = digest_of(act.row)
        act.set(approved_by=str(actor), approved_at=act.at, digest=digest)
        act.tell("commission.minutes-approved", sitting=str(act.row.uuid), digest=digest)


def return_minutes(actor: Actor, sitting: Sitting, at: datetime, *, expected: int | None = None) -> None:
    """Send the minutes back to who keeps the commission."""
    with _acting(actor, SittingEvent.RETURN, sitting, at, expected):
        pass


def digest_of(sitting: Sitting) -> str:
    """SHA-256 of what the minutes say: day, points, who came, text."""
    told = {
        "sitting": str(sitting.uuid),
        "on": sitting.on.isoformat(),
        "points": list(sitting.points.order_by("rank").values_list("title", flat=True)),
        "came": [str(one) for one in sitting.presences.filter(came=True).values_list("member__uuid", flat=True)],
        "minutes": sitting.minutes,
    }
    told["came"] = sorted(told["came"])
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _put(actor: Actor, sitting: Sitting, titles: list[str], at: datetime) -> None:
    last = sitting.points.aggregate(last=Max("rank"))["last"] or 0
    Point.objects.bulk_create(
        Point(sitting=sitting, rank=rank, title=title[:200], by=str(actor), at=at)
        for rank, title in enumerate(titles, last + 1)
    )


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


@contextmanager
def _acting(
    actor: Actor, event: SittingEvent, sitting: Sitting, at: datetime, expected: int | None
) -> Iterator[RowAct[Sitting]]:
    def stale(_row: Sitting) -> StaleRow:
        return StaleRow(_("Quelqu'un a changé cette séance entre-temps : relisez, puis recommencez."))

    def act_on(row: Sitting) -> RowAct[Sitting]:
        return RowAct(row, actor, at, stream_of(row.commission))

    name = "commission.part" if event in _PART else "commission.write"
    with acting_on_row(sitting, act_on, actor, name, expected, stale) as act:
        act.set(state=SITTING_MOVES.after(SittingState(act.row.state), event))
        yield act
        if event != SittingEvent.APPROVE:
            act.tell(f"commission.sitting-{event}", sitting=str(act.row.uuid))
