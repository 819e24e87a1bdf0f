"""Who holds the seats of committees, and the interests that members declare: dated rows, told to the journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.governance.errors import GovernanceError, SeatTaken
from minassa.governance.seats import seats
from minassa.governance.session_models import Membership
from minassa.governance.vote_models import Interest
from minassa.journal.public import append
from minassa.registry.models import Account, Enterprise, Group, Role
from minassa.registry.public import Actor, in_force, require

STREAM: Final = "governance"
SITTING_ROLES: Final = {"cto": Role.CTO_MEMBER, "copil": Role.STEERING_MEMBER}
"""The role, in the body of the committee, without which nobody holds a seat."""


def day_of(at: datetime) -> date:
    """The day of an instant in Morocco."""
    return local_day(instant_of(at))


def members_on(committee: str, day: date) -> list[Membership]:
    """Who holds the seats of a committee on a day, titulars first in each seat."""
    held = Membership.objects.filter(in_force(day), committee=committee).select_related("account")
    return list(held.order_by("seat", "-titular", "pk"))


def seat_member(
    actor: Actor, account: Account, committee: str, seat: str, since: date, at: datetime, *, titular: bool = True
) -> Membership:
    """Give a seat of a committee to a person from a day on. Forbidden, SeatTaken, GovernanceError."""
    require(actor, "committee.compose", committee)
    if committee not in SITTING_ROLES or seat not in {each.code for each in seats(committee, since)}:
        raise GovernanceError(_("Ce comité n'a pas ce siège ce jour-là."), committee=committee, seat=seat)
    appointed = account.appointments.filter(in_force(since), body__code=committee, role=SITTING_ROLES[committee])
    if not appointed.exists():
        raise GovernanceError(_("Cette personne n'est pas nommée membre de ce comité."), committee=committee)
    name = account.full_name or str(account)
    try:
        with transaction.atomic():
            made = Membership.objects.create(
                committee=committee, seat=seat, account=account, name=name, titular=titular, since=since
            )
            told = {"committee": committee, "seat": seat, "account": account.pk, "titular": titular}
            append(STREAM, "member.seated", str(actor), told | {"since": since.isoformat()}, at)
    except IntegrityError as error:
        raise SeatTaken(_("Ce siège est tenu à cette date, ou cette personne en tient un autre.")) from error
    return made


@transaction.atomic
def end_membership(actor: Actor, membership: Membership, until: date, at: datetime) -> Membership:
    """The last day on which a person holds a seat. Forbidden, GovernanceError for a day before the first."""
    require(actor, "committee.compose", membership.committee)
    if until < membership.since or membership.until is not None:
        raise GovernanceError(_("Un siège se quitte une fois, après y être entré."))
    membership.until = until
    membership.save(update_fields=["until"])
    told = {"committee": membership.committee, "seat": membership.seat, "account": membership.account_id}
    append(STREAM, "member.left", str(actor), told | {"until": until.isoformat()}, at)
    return membership


@transaction.atomic
def declare_interest(
    actor: Actor,
    account: Account,
    nature: str,
    at: datetime,
    *,
    enterprise: Enterprise | None = None,
    group: Group | None = None,
    detail: str = "",
) -> Interest:
    """Declare that a member has an interest in a firm, or in a whole group, from today on. Forbidden.

    The journal keeps that something was declared, not what.
    """
    require(actor, "interest.declare", account)
    if (enterprise is None) is (group is None):
        raise GovernanceError(_("Un intérêt se déclare dans une entreprise, ou dans un groupe."))
    made = Interest.objects.create(
        account=account,
        enterprise=enterprise,
        group=group,
        nature=nature,
        detail=detail.strip(),
        since=day_of(at),
        declared_at=at,
        declared_by=str(actor),
    )
    append(STREAM, "interest.declared", str(actor), {"interest": made.pk, "account": account.pk}, at)
    return made


@transaction.atomic
def end_interest(actor: Actor, interest: Interest, at: datetime) -> Interest:
    """An interest holds until today, included. Forbidden, GovernanceError when it ended already."""
    require(actor, "interest.declare", interest.account)
    if interest.until is not None:
        raise GovernanceError(_("Cet intérêt a déjà pris fin."))
    interest.until = day_of(at)
    interest.save(update_fields=["until"])
    append(STREAM, "interest.ended", str(actor), {"interest": interest.pk, "account": interest.account_id}, at)
    return interest
