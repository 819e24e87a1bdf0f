"""What pages read of committees: the sessions that someone may know of, one with its items, one item with its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from minassa.governance.attending import chair_seat, present, quorum, voting_seats
from minassa.governance.composing import day_of, members_on
from minassa.governance.convening import changed, proposed_by
from minassa.governance.counting import Count, counted, majority_of
from minassa.governance.kinds import Kind, kind_of
from minassa.governance.policies import visible_sessions
from minassa.governance.rules import frozen_rules, rules, thawed
from minassa.governance.session_models import Item, ItemState, Membership, Session, SessionState
from minassa.governance.states import DECIDED, ItemEvent, SessionEvent, item_events, session_events
from minassa.governance.vote_models import Ballot, Dissent, Recusal, SecretRequest
from minassa.governance.voting import on_list, recused_from
from minassa.registry.public import Actor, allowed, require
from minassa.vocabulary.periods import last_day, month_of


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat as its session keeps it, who holds it on that day, and who of them is there now (None: nobody)."""

    seat: Mapping[str, Any]
    members: list[Membership]
    present: Membership | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session on one screen. `rules`: each value with its source, status and note. `may`: acts open to the reader."""

    session: Session
    rules: Mapping[str, Mapping[str, Any]]
    seats: list[SeatView]
    items: list[Item]
    quorum: Mapping[str, Any]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item and its file on one screen.

    `changed`: why it cannot be decided any more, empty when it can. `count` is None while nobody may know it: in a
    secret vote under way. `voted` are the ballots, without choice in a secret vote. `may`: acts open to the reader.
    """

    item: Item
    kind: Kind
    decision: Any
    majority: str
    changed: str
    examined: Mapping[str, Any]
    together: list[Item]
    recusals: list[Recusal]
    secret_requests: int
    voted: list[Ballot]
    count: Count | None
    dissents: list[Dissent]
    quorum: Mapping[str, Any]
    may: frozenset[str]


def sessions_for(actor: Actor) -> QuerySet[Session]:
    """The sessions that an actor may know of, the next ones first."""
    require(actor, "session.list")
    return Session.objects.filter(visible_sessions(actor)).order_by("-planned_at", "-pk")


def next_session_by(committee: str, day: date) -> date | None:
    """The day until which the rhythm of a committee wants its next session, from the last that was held; None before.

    `day`: on which the rhythm is asked.
    """
    held = Session.objects.filter(committee=committee, opened_at__isnull=False)
    last = held.order_by("-planned_at").values_list("planned_at", flat=True).first()
    if last is None:
        return None
    return last_day(month_of(day_of(last)) + rules(committee, day).rhythm_months)


def session_view(actor: Actor, session: Session) -> SessionView:
    """A session with its seats and items. Forbidden."""
    require(actor, "session.view", session)
    day = day_of(session.planned_at)
    convened = session.state != SessionState.DRAFT and bool(session.seats)
    there = {member.seat: member for member in present(session)}
    held: dict[str, list[Membership]] = {}
    for member in members_on(session.committee, day):
        held.setdefault(member.seat, []).append(member)
    return SessionView(
        session=session,
        rules=session.rules if convened else frozen_rules(session.committee, day),
        seats=[SeatView(seat, held.get(seat["code"], []), there.get(seat["code"])) for seat in session.seats],
        items=list(Item.objects.filter(session=session).select_related("consent_list").order_by("rank")),
        quorum=quorum(session) if convened else {},
        may=_may_session(actor, session),
    )


def _may_session(actor: Actor, session: Session) -> frozenset[str]:
    actions = {
        SessionEvent.LIST: "session.prepare",
        SessionEvent.CONVENE: "session.convene",
        SessionEvent.CANCEL: "session.convene",
        SessionEvent.ATTEND: "session.attend",
        SessionEvent.OPEN: "session.preside",
        SessionEvent.CLOSE: "session.preside",
        SessionEvent.SEAL: "session.seal",
    }
    open_now = session_events(session.state)
    return frozenset(
        str(event) for event, name in actions.items() if event in open_now and allowed(actor, name, session)
    )


def item_view(actor: Actor, item: Item) -> ItemView:
    """An item with its file, its recusals, how its vote stands. Forbidden."""
    session = item.session
    require(actor, "session.view", session)
    kind, voted_with = kind_of(item.kind), voting_item(item)
    convened = bool(session.seats)
    hidden = item.secret and item.state == ItemState.VOTING
    seen = not hidden and item.state in {ItemState.VOTING, *DECIDED}
    return ItemView(
        item=item,
        kind=kind,
        decision=kind.decisions[item.decision],
        majority=str(majority_of(item.kind, thawed(session.rules or frozen_rules(session.committee, _day(session))))),
        changed=changed(session, item) if convened and item.state in {ItemState.LISTED, ItemState.VOTING} else "",
        examined=kind.examine(actor, proposed_by(item)),
        together=on_list(item),
        recusals=list(item.recusals.select_related("membership").order_by("membership__seat")),
        secret_requests=SecretRequest.objects.filter(item=item).count(),
        voted=list(voted_with.ballots.select_related("membership").order_by("seat")),
        count=counted(voted_with, chair_seat(session)) if seen else None,
        dissents=list(item.dissents.select_related("membership").order_by("membership__seat")),
        quorum=quorum(session, recused_from(voted_with)) if convened else {},
        may=_may_item(actor, item),
    )


def voting_item(item: Item) -> Item:
    """The item that is voted: this one, or the consent list that it belongs to."""
    return item.consent_list if item.consent_list and not item.pulled_by else item


def _day(session: Session) -> date:
    return day_of(session.planned_at)


def _may_item(actor: Actor, item: Item) -> frozenset[str]:
    """The acts that the policy, the state and the attendance leave to the reader; the act itself has the last word."""
    session, events = item.session, item_events(item.state)
    in_session = session_events(session.state)
    found: set[str] = set()
    alone = item.pk == voting_item(item).pk
    own = {member.pk: member for member in present(session) if member.account_id == actor.account_id}
    if SessionEvent.PREPARE in in_session and allowed(actor, "session.vote", session):
        found |= {ItemEvent.RECUSE, ItemEvent.ASK_SECRET} & events
        found |= {ItemEvent.PULL_OUT} & events if not alone else set()
    if SessionEvent.ACT in in_session and allowed(actor, "session.preside", session) and own and alone:
        found |= {ItemEvent.OPEN_VOTE, ItemEvent.PUT_OFF} & events
        found |= {"close_vote"} if item.state == ItemState.VOTING else set()
    if SessionEvent.ACT in in_session and own:
        found |= {ItemEvent.DISSENT} & events
        found |= {ItemEvent.VOTE} & events if alone and _may_vote(item, next(iter(own.values()))) else set()
    return frozenset(map(str, found))


def _may_vote(item: Item, member: Membership) -> bool:
    if member.seat not in voting_seats(item.session) or member.pk in recused_from(item):
        return False
    return not Ballot.objects.filter(item=item, seat=member.seat).exists()
