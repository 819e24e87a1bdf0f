"""What a demonstration tells of commissions: invented members, a session with its minutes, a work plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from minassa.commissions.known import commissions
from minassa.commissions.models import Sitting
from minassa.commissions.seating import members_on, seat_member
from minassa.commissions.sitting import approve_minutes, hold, plan_sitting, write_minutes
from minassa.commissions.working import move_action, plan_action
from minassa.delays import instant_of, local_day
from minassa.registry.demonstration import DOMAIN
from minassa.registry.models import Account, Body, Enterprise
from minassa.registry.public import Actor, actor_of

FIRMS = ("EXEMPLE ATLAS CONTACT", "EXEMPLE JASMIN SERVICES")


def give_commissions(at: datetime) -> str:
    """The Europe commission at work, made when no session is there; a sentence that says what there is."""
    if not Sitting.objects.exists():
        _give(_actor("apebi"), at)
    return f"Commissions (synthétique) : {len(commissions())}, dont une au travail"


def _give(keeper: Actor, at: datetime) -> None:
    one, today = commissions()["europe"], local_day(instant_of(at))
    since = today - timedelta(days=60)
    for firm in Enterprise.objects.filter(name__in=FIRMS).order_by("pk"):
        seat_member(keeper, one, firm, since, at, synthetic=True)
    seat_member(keeper, one, Body.objects.get(code="mtnra"), since, at, synthetic=True)
    members = list(members_on(one.code, today))
    points = ("Accès au marché français (exemple)", "Salon de printemps (exemple)")
    past = plan_sitting(keeper, one, today - timedelta(days=20), "Casablanca (exemple)", points, at, synthetic=True)
    hold(keeper, past, members[:2], at)
    write_minutes(keeper, past, "La commission demande une fiche de marché et prépare le salon (exemple).", at)
    approve_minutes(_actor("prepare"), past, at)
    plan_sitting(keeper, one, today + timedelta(days=30), "Rabat (exemple)", points[1:], at, synthetic=True)
    point = past.points.order_by("rank").first()
    what, due = "Écrire la fiche du marché (exemple)", today + timedelta(days=25)
    action = plan_action(keeper, one, what, members[0], due, at, point=point, synthetic=True)
    plan_action(keeper, one, "Réserver un stand (exemple)", members[-1], due, at, synthetic=True)
    move_action(keeper, action, "doing", "Première version lue (exemple).", at)


def _actor(name: str) -> Actor:
    return actor_of(Account.objects.get(email=f"{name}@{DOMAIN}"))
