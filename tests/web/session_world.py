"""Sessions of the technical committee in every state, for pages to be looked at: each act done through its door.

Who holds the seats must be there; sessions are prepared and convened days ago, as the notice asks, and sit today.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from minassa.governance.models import Derogation, Item, Membership, Session
from minassa.governance.public import (
    Proposed,
    add_item,
    attend,
    close_session,
    close_vote,
    convene,
    open_session,
    open_vote,
    prepare,
    seal,
    seat_member,
    seats,
    vote,
)
from minassa.registry.models import Account, Appointment, Body, Enterprise, Role
from minassa.registry.public import Actor, actor_of

CHAIR: Final = "mtnra"
BEFORE: Final = timedelta(days=10)
SINCE: Final = date(2026, 1, 1)
Put = tuple[str, str, str, dict[str, Any]]


@dataclass
class Sitting:
    """The technical committee, with who prepares its sessions and who holds its seats."""

    secretary: Actor
    rows: dict[str, Membership] = field(default_factory=dict)

    def actor(self, seat: str) -> Actor:
        return actor_of(self.rows[seat].account)

    @property
    def chair(self) -> Actor:
        return self.actor(CHAIR)

    def drafted(self, planned_at: datetime, *items: Put) -> Session:
        at = planned_at - BEFORE
        session = prepare(self.secretary, "cto", planned_at, "Rabat, salle EXEMPLE", at)
        for kind, subject, decision, proposal in items:
            add_item(self.secretary, session, kind, Proposed(subject, decision, proposal), at)
        return session

    def convened(self, planned_at: datetime, *items: Put) -> Session:
        return convene(self.secretary, self.drafted(planned_at, *items), planned_at - BEFORE)

    def opened(self, now: datetime, *items: Put) -> Session:
        """A session that sits now, everyone there."""
        session = self.convened(now, *items)
        for row in self.rows.values():
            attend(self.secretary, session, row, now)
        return open_session(self.chair, session, now)

    def decided(self, item: Item, now: datetime, choice: str = "for") -> Item:
        """The item after everyone voted the same."""
        open_vote(self.chair, item, now)
        for seat in self.rows:
            vote(self.actor(seat), item, choice, now)
        return close_vote(self.chair, item, now)


@dataclass
class Sessions:
    """A session to come in preparation, one that sits (a point listed, one at the vote), one sealed; a derogation."""

    sitting: Sitting
    draft: Session
    open: Session
    sealed: Session
    derogation: Derogation


def motion(title: str) -> Put:
    return ("motion", "", "adopt", {"title": title, "text": "Le comité décide d'un exemple."})


def derogation(firm: Enterprise, now: datetime) -> Put:
    return (
        "derogation",
        str(firm.uuid),
        "grant",
        {
            "measure": "paf",
            "condition": "paf_in_register",
            "place": 0,
            "reason": "Registre tenu par un prestataire (exemple synthétique).",
            "from": now.date().isoformat(),
            "to": (now.date() + timedelta(days=30)).isoformat(),
            "case": "",
        },
    )


def seated(secretary: Actor, now: datetime, **holders: Account) -> Sitting:
    """Give every seat to someone: to these accounts by seat, to invented ones for the others."""
    body = Body.objects.get(code="cto")
    for seat in seats("cto", now.date()):
        account = holders.get(seat.code) or Account.objects.create(
            email=f"siege-{seat.code}@minassa.example", password="!", full_name=f"Membre {seat.code} FICTIF"
        )
        if seat.code not in holders:
            Appointment.objects.create(account=account, body=body, role=Role.CTO_MEMBER, since=SINCE)
        seat_member(secretary, account, "cto", seat.code, SINCE, now)
    return held(secretary)


def held(secretary: Actor) -> Sitting:
    """The committee as its seats are held by their titulars."""
    rows = Membership.objects.filter(committee="cto", titular=True).select_related("account").order_by("pk")
    return Sitting(secretary, {row.seat: row for row in rows})


def make_sessions(sitting: Sitting, firm: Enterprise, now: datetime) -> Sessions:
    """One session of each kind."""
    sealed = sitting.opened(now - timedelta(days=1), derogation(firm, now), motion("Motion EXEMPLE adoptée"))
    for item in Item.objects.filter(session=sealed).order_by("rank"):
        sitting.decided(item, now - timedelta(days=1))
    seal(sitting.secretary, close_session(sitting.chair, sealed, now), now)
    running = sitting.opened(now, motion("Motion EXEMPLE à venir"), motion("Motion EXEMPLE au vote"))
    open_vote(sitting.chair, Item.objects.get(session=running, rank=2), now)
    return Sessions(
        sitting,
        sitting.drafted(now + 2 * BEFORE, motion("Motion EXEMPLE en projet")),
        running,
        sealed,
        Derogation.objects.get(),
    )
