"""The minutes of a session: one canonical document made from its rows, the same to the byte each time it is made.

Its digest is told to the journal when it is sealed: whoever changes a row afterwards, even in SQL, is found out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.governance.acting import acting, stream_of
from minassa.governance.errors import TamperedMinutes
from minassa.governance.session_models import Attendance, Item, Membership, Session, SessionState
from minassa.governance.states import SessionEvent
from minassa.journal.public import Entry
from minassa.proof import canonical_bytes
from minassa.registry.public import Actor

FORMAT: Final = "minassa-minutes-1"
SEALED: Final = "session.sealed"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a session: the content, its one way of being written, SHA-256 of it in hexadecimal."""

    content: dict[str, Any]
    body: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


def minutes(session: Session) -> Minutes:
    """The minutes of a session as its rows tell it now; of one that is not closed yet, a draft of them."""
    session = Session.objects.get(pk=session.pk)
    content = {
        "format": FORMAT,
        "session": _session(session),
        "rules": session.rules,
        "seats": session.seats,
        "attendance": _attendance(session),
        "items": [_item(item) for item in _items(session)],
    }
    return Minutes(content, canonical_bytes(content))


def seal(actor: Actor, session: Session, at: datetime, *, expected: int | None = None) -> Session:
    """Seal the minutes of a closed session: their digest goes to the journal. Forbidden, ImpossibleAct."""
    with acting(actor, "session.seal", session, at, expected) as act:
        act.move(SessionEvent.SEAL)
        digest = minutes(act.session).digest
        act.set(sealed_at=act.at, minutes_digest=digest)
        act.tell(SEALED, digest=digest)
    return session


def minutes_hold(session: Session) -> bool:
    """Whether the minutes made again have the digest that was sealed, here and in the journal."""
    told = Entry.objects.filter(stream=stream_of(session.pk), kind=SEALED).values_list("body", flat=True)
    digest = minutes(session).digest
    return digest == session.minutes_digest and [one["digest"] for one in told] == [digest]


def sealed_minutes(session: Session) -> Minutes:
    """The minutes of a sealed session; TamperedMinutes when they are not those that were sealed."""
    if session.state != SessionState.SEALED or not minutes_hold(session):
        raise TamperedMinutes(
            _("Le procès-verbal n'est pas scellé, ou ne correspond plus à son empreinte."), session=session.reference
        )
    return minutes(session)


def _session(session: Session) -> dict[str, Any]:
    return {
        "reference": session.reference,
        "committee": session.committee,
        "place": session.place,
        "planned_at": _instant(session.planned_at),
        "convened_at": _instant(session.convened_at),
        "opened_at": _instant(session.opened_at),
        "closed_at": _instant(session.closed_at),
        "agenda_digest": session.agenda_digest,
    }


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def _attendance(session: Session) -> list[dict[str, Any]]:
    """Each member who came, by seat, with when he or she came in and went out."""
    found: dict[int, dict[str, Any]] = {}
    rows = Attendance.objects.filter(session=session).select_related("membership").order_by("pk")
    for row in rows:
        member = found.setdefault(row.membership_id, _member(row.membership) | {"moves": []})
        member["moves"].append([_instant(row.at), "in" if row.present else "out"])
    return sorted(found.values(), key=lambda member: (member["seat"], not member["titular"]))


def _member(membership: Membership) -> dict[str, Any]:
    return {"seat": membership.seat, "name": membership.name, "titular": membership.titular}


def _items(session: Session) -> Iterable[Item]:
    related = ("ballots__membership", "recusals__membership", "dissents__membership")
    found = Item.objects.filter(session=session).select_related("consent_list")
    return found.prefetch_related(*related).order_by("rank")


def _item(item: Item) -> dict[str, Any]:
    return {
        "rank": item.rank,
        "kind": item.kind,
        "subject": item.subject,
        "title": item.title,
        "decision": item.decision,
        "proposal": item.proposal,
        "digest": item.digest,
        "with_list": item.consent_list_id is not None and not item.pulled_by,
        "pulled_out_by": item.pulled_by,
        "state": item.state,
        "put_off_reason": item.put_off_reason,
        "secret": item.secret,
        "opened_at": _instant(item.opened_at),
        "ended_at": _instant(item.ended_at),
        "outcome": item.outcome,
        "votes": _by_seat(_member(one.membership) | {"choice": one.choice} for one in item.ballots.all()),
        "recusals": _by_seat(
            _member(one.membership) | {"ground": one.ground, "said": one.said} for one in item.recusals.all()
        ),
        "dissents": _by_seat(_member(one.membership) | {"said": one.said} for one in item.dissents.all()),
    }


def _by_seat(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by seat, not by time: the order of a secret vote would say something of it."""
    return sorted(rows, key=lambda row: (row["seat"], not row["titular"]))
