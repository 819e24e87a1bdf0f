"""The sessions of the technical committee in the story: convened on the claims that wait, held, minuted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from minassa.claims.models import Claim, ClaimState, Line
from minassa.governance.models import Item, ItemState, Membership, Session
from minassa.governance.public import (
    Proposed,
    add_items,
    attend,
    close_session,
    close_vote,
    convene,
    dissent,
    open_session,
    open_vote,
    prepare,
    seal,
    vote,
)
from minassa.registry.public import Actor
from minassa.simulators.story.cast import Cast
from minassa.simulators.story.claiming import GROUND
from minassa.simulators.story.rounds import Opening

CONVENED, HELD = 24, 32
"""Days after an opening on which the session on its claims is convened, and held."""
PLACE: Final = "Rabat, salle d'exemple (synthétique)"
DISSENT: Final = "Exemple synthétique : j'aurais attendu la rectification annoncée."


def convened(
    cast: Cast, opening: Opening, now: datetime, besides: Sequence[tuple[str, Proposed]] = ()
) -> Session | None:
    """The session on all claims that wait for a decision, and `besides`; None before its day, or when none waits."""
    at = opening.day(CONVENED, 3)
    waiting = Claim.objects.filter(state=ClaimState.TO_DECIDE).order_by("pk")
    if at > now or not waiting.exists():
        return None
    secretary = cast["secretariat"]
    session = prepare(secretary, "cto", opening.day(HELD), PLACE, at)
    add_items(secretary, session, [*besides, *(("claim", _proposed(claim)) for claim in waiting)], at)
    return convene(secretary, session, at)


def _proposed(claim: Claim) -> Proposed:
    """Accept a claim; one whose firm was heard is cut of the lines that are doubtful."""
    lines = Line.objects.filter(claim=claim, flags__gt=0, amount_cents__gt=0).order_by("pk")
    doubtful = list(lines.values_list("pk", flat=True)) if claim.heard else []
    if not doubtful:
        return Proposed(str(claim.uuid), "accept", {"ground": ""})
    return Proposed(str(claim.uuid), "cut", {"ground": GROUND, "lines": doubtful})


def held(cast: Cast, opening: Opening, session: Session, now: datetime) -> bool:
    """Hold a session on its day, vote on each item, seal its minutes; whether the day has come."""
    at = opening.day(HELD)
    if opening.day(HELD, 3) > now:
        return False
    sat(cast["secretariat"], cast.committee(), session, at)
    return True


def sat(secretary: Actor, members: Sequence[Actor], session: Session, at: datetime) -> None:
    """Hold a convened session from an instant on: presences, votes an hour later, minutes sealed after three."""
    chair, *others = members
    for each in members:
        member = Membership.objects.get(committee=session.committee, account_id=each.account_id or 0)
        attend(secretary, session, member, at)
    open_session(chair, session, at)
    for item in Item.objects.filter(session=session, consent_list=None).order_by("rank"):
        _decided(chair, others, item, at + timedelta(hours=1))
    close_session(chair, session, at + timedelta(hours=2))
    seal(secretary, session, at + timedelta(hours=3))


def _decided(chair: Actor, others: list[Actor], item: Item, at: datetime) -> None:
    open_vote(chair, item, at)
    item.refresh_from_db()
    if item.state != ItemState.VOTING:
        return
    cuts = item.decision == "cut"
    for rank, member in enumerate((chair, *others)):
        vote(member, item, "against" if cuts and rank == len(others) else "for", at)
    if cuts:
        dissent(others[-1], item, DISSENT, at)
    close_vote(chair, item, at)
