"""Who attends a session, and whether enough seats are held to decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minassa.governance.acting import Act, acting
from minassa.governance.composing import day_of
from minassa.governance.errors import ImpossibleAct, NoQuorum, NotSeated
from minassa.governance.rules import thawed
from minassa.governance.session_models import Attendance, Membership, Session
from minassa.governance.states import SessionEvent
from minassa.registry.public import Actor, in_force
from minassa.vocabulary.rates import BASIS_POINTS


def attend(actor: Actor, session: Session, membership: Membership, at: datetime) -> Session:
    """A member comes in, at a seat that nobody else occupies. NotSeated, ImpossibleAct, Forbidden."""
    with acting(actor, "session.attend", session, at) as act:
        act.move(SessionEvent.ATTEND)
        _guard(act, actor, membership)
        there = {each.seat for each in present(act.session)}
        if membership.seat in there:
            raise ImpossibleAct(_("Ce siège est déjà occupé dans cette séance."), seat=membership.seat)
        _note(act, membership, present=True)
    return session


def leave(actor: Actor, session: Session, membership: Membership, at: datetime) -> Session:
    """A member goes out. ImpossibleAct when he or she is not there, Forbidden."""
    with acting(actor, "session.attend", session, at) as act:
        act.move(SessionEvent.ATTEND)
        _guard(act, actor, membership)
        if membership.pk not in {each.pk for each in present(act.session)}:
            raise ImpossibleAct(_("Ce membre n'est pas dans la séance."), seat=membership.seat)
        _note(act, membership, present=False)
    return session


def _guard(act: Act, actor: Actor, membership: Membership) -> None:
    """The row is of a member of this committee on that day; a member says it of himself or herself only."""
    day = day_of(act.session.planned_at)
    held = Membership.objects.filter(in_force(day), pk=membership.pk, committee=act.session.committee)
    if not held.exists() or membership.seat not in {seat["code"] for seat in act.session.seats}:
        raise NotSeated(_("Cette personne ne tient aucun siège de ce comité ce jour-là."))
    own = actor.account_id == membership.account_id
    if not own and not actor.has_role("secretariat") and not presides(act.session, actor):
        raise NotSeated(_("Seuls le secrétariat et la présidence notent la présence d'un autre membre."))


def _note(act: Act, membership: Membership, *, present: bool) -> None:
    Attendance.objects.create(session=act.session, membership=membership, present=present, at=act.at)
    act.tell("member.came" if present else "member.went", seat=membership.seat, account=membership.account_id)


def present(session: Session) -> list[Membership]:
    """The members who are in the session now, by seat."""
    last: dict[int, Attendance] = {}
    for row in Attendance.objects.filter(session=session).select_related("membership").order_by("pk"):
        last[row.membership_id] = row
    return sorted((row.membership for row in last.values() if row.present), key=lambda member: member.seat)


def membership_of(session: Session, actor: Actor) -> Membership:
    """The seat that an actor holds in the committee of a session on its day; NotSeated."""
    held = Membership.objects.filter(
        in_force(day_of(session.planned_at)), committee=session.committee, account_id=actor.account_id or 0
    ).first()
    if held is None:
        raise NotSeated(_("Vous ne tenez aucun siège de ce comité ce jour-là."))
    return held


def chair_seat(session: Session) -> str:
    """The seat that presides."""
    return str(next(seat["code"] for seat in session.seats if seat["chair"]))


def presides(session: Session, actor: Actor) -> bool:
    """Whether the actor is in the session, at the seat that presides."""
    held = [member for member in present(session) if member.account_id == actor.account_id]
    return any(member.seat == chair_seat(session) for member in held)


def voting_seats(session: Session) -> list[str]:
    """The seats that vote, all of them, held or not."""
    return [str(seat["code"]) for seat in session.seats if seat["votes"]]


def quorum(session: Session, recused: Collection[int] = ()) -> dict[str, Any]:
    """Whether enough is there to decide: seats `counted` of `all`, how many are `needed`, `chair` present, `reached`.

    `recused`: numbers of memberships that may not vote, and are not counted.
    """
    rules = thawed(session.rules)
    voting = voting_seats(session)
    counted = {member.seat for member in present(session) if member.seat in voting and member.pk not in recused}
    needed = -(-len(voting) * rules.quorum_basis_points // BASIS_POINTS)
    chair = chair_seat(session) in counted
    reached = len(counted) >= max(1, needed) and (chair or not rules.quorum_chair)
    return {"counted": len(counted), "all": len(voting), "needed": max(1, needed), "chair": chair, "reached": reached}


def require_quorum(session: Session, recused: Collection[int] = ()) -> None:
    """Do nothing when the quorum is reached; NoQuorum."""
    found = quorum(session, recused)
    if not found["reached"]:
        raise NoQuorum(
            _("Le quorum n'est pas atteint : %(counted)s sièges comptent, il en faut %(needed)s avec la présidence.")
            % found,
            session=session.reference,
        )
