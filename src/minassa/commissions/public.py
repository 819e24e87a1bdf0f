"""The door of commissions: what pages and packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.commissions.errors import CommissionError, ImpossibleStep, SameHand, StaleRow
from minassa.commissions.known import Commission, commissions
from minassa.commissions.policies import memberships, speaks_in
from minassa.commissions.seating import (
    Told,
    end_member,
    mandate_on,
    members_on,
    seat_member,
    stream_of,
    write_mandate,
)
from minassa.commissions.sitting import (
    approve_minutes,
    cancel,
    digest_of,
    hold,
    plan_sitting,
    put_point,
    return_minutes,
    write_minutes,
)
from minassa.commissions.states import NEXT, SITTING_MOVES
from minassa.commissions.working import move_action, plan_action

__all__ = [
    "NEXT",
    "SITTING_MOVES",
    "Commission",
    "CommissionError",
    "ImpossibleStep",
    "SameHand",
    "StaleRow",
    "Told",
    "approve_minutes",
    "cancel",
    "commissions",
    "digest_of",
    "end_member",
    "hold",
    "mandate_on",
    "members_on",
    "memberships",
    "move_action",
    "plan_action",
    "plan_sitting",
    "put_point",
    "return_minutes",
    "seat_member",
    "speaks_in",
    "stream_of",
    "write_mandate",
    "write_minutes",
]
