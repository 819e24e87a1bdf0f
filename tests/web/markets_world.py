"""Markets as tests follow them: figures, an event, leads at every step. All invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from minassa.delays import instant_of, local_day
from minassa.markets.demonstration import invented_sheet
from minassa.markets.models import Event, FigureFile, Lead
from minassa.markets.public import (
    EventTold,
    LeadTold,
    Offer,
    answer,
    enter,
    open_lead,
    propose,
    qualify,
    read_file,
    record_event,
    win,
)
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.periods import month_of

FRESH: Final = "PISTE NEUVE EXEMPLE"
HIDDEN: Final = "PISTE DISCRÈTE EXEMPLE"
WRONG: Final = b"\nXX;OFFSHORING;2024;time_gap;1;hours;Source EXEMPLE;https://source.example/a"


@dataclass(frozen=True)
class Marketed:
    """A file that waits, an event; leads: new, qualified, proposed to Casanearshore (confidential), won by a firm."""

    file: FigureFile
    event: Event
    fresh: Lead
    qualified: Lead
    asked: Lead
    won: Lead


def make_markets(promoter: Actor, manager: Actor, firm: Enterprise, now: datetime) -> Marketed:
    """What the federation and the manager of Casanearshore did."""
    enter(promoter, read_file(promoter, "MARCHES.csv", invented_sheet(2024), now), now)
    file = read_file(promoter, "MARCHES.csv", invented_sheet(2025) + WRONG, now)
    today = local_day(instant_of(now))
    told = EventTold("fair", "Salon EXEMPLE", "FR", "offshoring", today, today, "Paris", "europe", "APEBI")
    event = record_event(promoter, told, now)
    wanted = LeadTold(FRESH, "FR", "offshoring", 2, "Relation client", ("es",), 40, month_of(today) + 6, False)
    fresh = open_lead(promoter, event, wanted, now)
    qualified, asked, won = (
        open_lead(promoter, event, replace(wanted, company=name, confidential=name == HIDDEN), now)
        for name in ("PISTE QUALIFIÉE EXEMPLE", HIDDEN, "PISTE GAGNÉE EXEMPLE")
    )
    for one in (qualified, asked, won):
        qualify(promoter, one, now)
    propose(promoter, asked, 101, [], now)
    reasons = [
        {"reason": "room", "there": 50, "wanted": 40, "points": 10_000, "source": "report", "run": "calcul-0001"}
    ]
    propose(promoter, won, 101, reasons, now)
    answer(manager, won, 101, Offer(30, 60, 250_000, "Barème EXEMPLE", "Remarque EXEMPLE"), now)
    win(promoter, won, firm, month_of(today) - 2, 30, now)
    return Marketed(file, event, fresh, qualified, asked, won)
