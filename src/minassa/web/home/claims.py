"""What claims ask of each today: of a firm, to check, sign or reply; of others, to control or to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Sum

from minassa.claims.models import ClaimState, Contest, Restitution
from minassa.claims.public import claims_for, restitutions_for
from minassa.registry.public import Actor, allowed
from minassa.web.claims.lists import ordered, row_of
from minassa.web.restitutions.lists import WAITING
from minassa.web.restitutions.lists import row_of as told_restitution

MOST: Final = 8
_AWAITED: Final = (ClaimState.OPEN, ClaimState.HEARING)


def to_sign(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The claims that wait for the firm, their number and how much they ask for in all (centimes)."""
    waiting = claims_for(actor).filter(state__in=_AWAITED)
    counted = waiting.order_by().aggregate(number=Count("pk"), cents=Sum("total_cents"))
    rows = [row_of(claim, now) for claim in ordered(waiting, "due")[:MOST]]
    return {"rows": rows, **counted, "more": counted["number"] > MOST}


def to_answer(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """What the firm is asked to give back and may still answer, the nearest term first."""
    own = restitutions_for(actor).filter(claim__enterprise__in=sorted(actor.enterprises()))
    waiting = own.filter(state=Restitution.State.HEARING)
    return {"rows": [told_restitution(one, now) for one in waiting.order_by("reply_by", "pk")[:MOST]]}


def to_control(actor: Actor, _now: datetime) -> Mapping[str, Any]:
    """How many claims and contests wait for who controls or answers; nothing for anyone else."""
    controls, answers = allowed(actor, "claim.control"), allowed(actor, "claim.answer")
    if not controls and not answers:
        return {"shown": False}
    counted = claims_for(actor).order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(counted.filter(state__in=(ClaimState.SIGNED, ClaimState.IN_CONTROL)))
    return {
        "shown": True,
        "answers": answers,
        "in_control": by_state.get(ClaimState.IN_CONTROL, 0),
        "signed": by_state.get(ClaimState.SIGNED, 0),
        "contests": Contest.objects.filter(answered_at__isnull=True).count() if answers else 0,
        "restitutions": restitutions_for(actor).filter(state__in=WAITING).count() if answers else 0,
    }
