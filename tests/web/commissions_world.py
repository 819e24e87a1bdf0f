"""A commission at work in tests: members, a session planned, one whose minutes await approval. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from minassa.commissions.models import Action, Member, Sitting
from minassa.commissions.public import commissions, hold, plan_action, plan_sitting, seat_member, write_minutes
from minassa.delays import instant_of, local_day
from minassa.registry.models import Body, Enterprise
from minassa.registry.public import Actor

CODE = "europe"


@dataclass(frozen=True)
class AtWork:
    """What the Europe commission has."""

    firm: Member
    body: Member
    planned: Sitting
    minuted: Sitting
    action: Action


def make_commission(keeper: Actor, firm: Enterprise, body: Body, now: datetime) -> AtWork:
    """A firm and a body sit; a session is to come, another awaits that its minutes be approved; an action is due."""
    one, today = commissions()[CODE], local_day(instant_of(now))
    since = today - timedelta(days=40)
    seated = seat_member(keeper, one, firm, since, now, synthetic=True)
    other = seat_member(keeper, one, body, since, now, synthetic=True)
    planned = plan_sitting(keeper, one, today + timedelta(days=9), "Lieu EXEMPLE", ["Point EXEMPLE"], now)
    minuted = plan_sitting(keeper, one, today - timedelta(days=3), "", ["Salon EXEMPLE", "Marché EXEMPLE"], now)
    hold(keeper, minuted, [seated], now)
    write_minutes(keeper, minuted, "Ce qui a été convenu (exemple).", now)
    due = today + timedelta(days=20)
    point = minuted.points.order_by("rank")[0]
    action = plan_action(keeper, one, "Fiche de marché EXEMPLE", seated, due, now, point=point, synthetic=True)
    return AtWork(seated, other, planned, minuted, action)
