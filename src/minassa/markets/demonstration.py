"""What a demonstration tells of markets: invented figures, two events, leads at several steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from minassa.delays import instant_of, local_day
from minassa.markets.criteria import criteria
from minassa.markets.figures import enter, read_file
from minassa.markets.leads import (
    EventTold,
    LeadTold,
    Offer,
    answer,
    open_lead,
    propose,
    qualify,
    record_event,
    win,
)
from minassa.markets.models import Event, Figure, Lead
from minassa.markets.sheet import FORM
from minassa.registry.demonstration import DOMAIN
from minassa.registry.models import Account, Enterprise
from minassa.registry.public import Actor, actor_of
from minassa.vocabulary.periods import month_of

INVENTED: Final = {
    "FR": (9_000, 4, 52_000, 21, 1, 97),
    "ES": (4_200, 6, 41_000, 24, 1, 38),
    "US": (21_000, 7, 98_000, 33, 5, 62),
    "CI": (310, 9, 14_000, 19, 1, 71),
}
"""Invented values of the criteria, in their order: they say nothing of these countries."""
FIRM: Final = "EXEMPLE ATLAS CONTACT"
PLACE: Final = 101


def give_markets(at: datetime) -> str:
    """Figures, events and leads, each made when there is none; a sentence that says what there is."""
    if not Figure.objects.exists():
        promoter = _actor("apebi")
        enter(promoter, read_file(promoter, "MARCHES_synthetique.csv", invented_sheet(2025), at), at)
    if not Event.objects.exists():
        _leads(at)
    return f"Marchés (synthétique) : {Figure.objects.count()} chiffres, {Lead.objects.count()} pistes"


def invented_sheet(year: int) -> bytes:
    """A file of invented figures, which says so on each of its lines."""
    lines = [";".join(FORM.headings)]
    for market, values in INVENTED.items():
        lines += [
            f"{market};OFFSHORING;{year};{one.code};{value};{one.unit};Chiffre synthétique;https://minassa.example/"
            for one, value in zip(criteria().criteria, values, strict=True)
        ]
    return "\n".join(lines).encode()


def _leads(at: datetime) -> None:
    promoter, today = _actor("apebi"), local_day(instant_of(at))
    month = month_of(today)
    held = today - timedelta(days=200)
    told = EventTold("fair", "Salon EXEMPLE", "FR", "offshoring", held, held, "Paris", "europe", "APEBI")
    fair = record_event(promoter, told, at)
    soon = today + timedelta(days=40)
    told = EventTold("mission", "Mission EXEMPLE", "ES", "offshoring", soon, soon, "Madrid", "europe", "APEBI")
    record_event(promoter, told, at)
    names = ("CLIENT FICTIF UN", "CLIENT FICTIF DEUX", "CLIENT FICTIF TROIS")
    made = [
        open_lead(promoter, fair, LeadTold(name, "FR", "offshoring", 2, "", ("fr",), 40, month + 6, rank == 1), at)
        for rank, name in enumerate(names)
    ]
    for lead in made[:2]:
        qualify(promoter, lead, at)
        propose(promoter, lead, PLACE, (), at)
    answer(_actor("p2i"), made[0], PLACE, Offer(40, 60, 250_000, "Barème EXEMPLE"), at)
    win(promoter, made[0], Enterprise.objects.get(name=FIRM), month_of(held), 40, at)


def _actor(name: str) -> Actor:
    return actor_of(Account.objects.get(email=f"{name}@{DOMAIN}"))
