"""A committee of seven seats with their holders, claims that wait for it, and those who prepare its sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from minassa.claims.models import Claim
from minassa.governance.models import Item, Membership, Session
from minassa.governance.public import (
    Proposed,
    add_item,
    attend,
    close_vote,
    convene,
    open_session,
    open_vote,
    prepare,
    seat_member,
    seats,
    vote,
)
from minassa.registry.models import Account, Appointment, Body, Enterprise, Role
from minassa.registry.public import Actor, actor_of

PREPARED = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)
SITTING = PREPARED + timedelta(days=10)
SINCE = date(2026, 1, 1)
RANDOM = "0" * 64


@dataclass
class Members:
    """The seats of a committee, each with the actor and the row of who holds it."""

    committee: str
    secretary: Actor
    actors: dict[str, Actor] = field(default_factory=dict)
    rows: dict[str, Membership] = field(default_factory=dict)

    @property
    def chair(self) -> Actor:
        return self.actors["mtnra"]

    def drafted(self, *items: tuple[str, str, str, dict[str, Any]]) -> Session:
        session = prepare(self.secretary, self.committee, SITTING, "Rabat", PREPARED)
        for kind, subject, decision, proposal in items:
            add_item(self.secretary, session, kind, Proposed(subject, decision, proposal), PREPARED)
        return session

    def convened(self, *items: tuple[str, str, str, dict[str, Any]]) -> Session:
        return convene(self.secretary, self.drafted(*items), PREPARED)

    def opened(self, *items: tuple[str, str, str, dict[str, Any]], there: Iterable[str] | None = None) -> Session:
        session = self.convened(*items)
        self.come(session, *(there or self.rows))
        return open_session(self.chair, session, SITTING)

    def come(self, session: Session, *seated: str) -> None:
        for seat in seated:
            attend(self.secretary, session, self.rows[seat], SITTING)

    def vote(self, item: Item, **choices: str) -> Item:
        for seat, choice in choices.items():
            vote(self.actors[seat], item, choice, SITTING)
        return item

    def decided(self, item: Item, **choices: str) -> Item:
        """The item after its vote was opened, these votes cast, and it was closed."""
        open_vote(self.chair, item, SITTING)
        return close_vote(self.chair, self.vote(item, **choices), SITTING)


def body(code: str) -> Body:
    return Body.objects.get_or_create(code=code, defaults={"kind": "committee", "name": f"{code} EXEMPLE"})[0]


def appointed(name: str, code: str, role: str) -> Account:
    account = Account.objects.create(email=f"{name}@minassa.example", password="!", full_name=f"{name} EXEMPLE")
    Appointment.objects.create(account=account, body=body(code), role=role, since=SINCE)
    return account


def make_members(committee: str = "cto") -> Members:
    day = SITTING.date()
    role = {"cto": Role.CTO_MEMBER, "copil": Role.STEERING_MEMBER}[committee]
    secretary = actor_of(appointed(f"greffe-{committee}", "cto", Role.SECRETARIAT), day)
    members = Members(committee, secretary)
    for seat in seats(committee, day):
        account = appointed(f"{committee}-{seat.code}", committee, role)
        members.rows[seat.code] = seat_member(secretary, account, committee, seat.code, SINCE, PREPARED)
        members.actors[seat.code] = actor_of(account, day)
    return members


def substitute(members: Members, seat: str) -> tuple[Actor, Membership]:
    account = appointed(f"suppleant-{seat}", members.committee, Role.CTO_MEMBER)
    row = seat_member(members.secretary, account, members.committee, seat, SINCE, PREPARED, titular=False)
    return actor_of(account, SITTING.date()), row


def motion(title: str = "Motion") -> tuple[str, str, str, dict[str, Any]]:
    return ("motion", "", "adopt", {"title": title, "text": "Le comité décide."})


def about(claim: Claim, decision: str = "accept", **more: Any) -> tuple[str, str, str, dict[str, Any]]:  # noqa: ANN401
    return ("claim", str(claim.uuid), decision, more)


def items_of(session: Session) -> list[Item]:
    return list(Item.objects.filter(session=session).exclude(kind="consent").order_by("rank"))


def firm(rank: int, **more: Any) -> Enterprise:  # noqa: ANN401
    ice = f"{900_000 + rank:015d}"
    return Enterprise.objects.create(ice=ice, name=f"EXEMPLE {rank} FICTIF", **more)


def waiting_claim(enterprise: Enterprise, rank: int = 1, **more: Any) -> Claim:  # noqa: ANN401
    """A claim that waits for its decision, without any line: its digests are those of nothing."""
    return Claim.objects.create(
        **{
            "reference": f"PAF-2026-{rank:07d}",
            "enterprise": enterprise,
            "affiliation": rank,
            "measure": "paf",
            "period": "2026",
            "first_month": 24_312,
            "last_month": 24_323,
            "run": "calcul-0001",
            "known_until": 24_323,
            "lake_versions": {},
            "offer_digest": RANDOM,
            "conditions": [],
            "line_count": 0,
            "entitled_count": 0,
            "total_cents": 1_000_00,
            "provisional_cents": 0,
            "status": 0,
            "reasons": [],
            "score": 0,
            "lines_digest": RANDOM,
            "content_digest": RANDOM,
            "state": "to_decide",
            "opened_at": PREPARED,
            "touched_at": PREPARED,
            "contest_by": PREPARED,
            "sign_by": PREPARED,
            "prescribed_on": date(2031, 1, 1),
            "signed_at": PREPARED,
            **more,
        }
    )
