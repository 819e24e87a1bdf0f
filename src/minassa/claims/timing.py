"""What falls due on claims: the delay to sign, and the delay to reply before a cut or a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q

from minassa.claims.acting import acting
from minassa.claims.claim_models import Claim, ClaimState
from minassa.claims.deciding import lapse
from minassa.claims.states import ClaimEvent
from minassa.delays import instant_of, local_day
from minassa.registry.public import system_actor

TIMER: Final = system_actor("timer")


def fire_next(at: datetime) -> bool:
    """Do what is due on one claim, in one transaction, read again under its lock; False when nothing is due."""
    claim = Claim.objects.filter(_due(at)).order_by("sign_by", "pk").first()
    if claim is None:
        return False
    with acting(TIMER, "", claim, at) as act:
        if not Claim.objects.filter(_due(at), pk=act.claim.pk).exists():
            return True
        if act.claim.state == ClaimState.HEARING:
            lapse(act)
        else:
            act.move(ClaimEvent.EXPIRE)
            act.tell("claim.expired")
    return True


def _due(at: datetime) -> Q:
    unsigned = Q(state=ClaimState.OPEN) & (Q(sign_by__lte=at) | Q(prescribed_on__lt=local_day(instant_of(at))))
    return unsigned | Q(state=ClaimState.HEARING, hearing_until__lte=at)
