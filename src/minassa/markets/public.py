"""The door of markets: what pages, commands and packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.markets.countries import LANGUAGES, language_name, market_name, markets
from minassa.markets.criteria import MarketCriterion, criteria
from minassa.markets.errors import FiguresRefused, ImpossibleStep, MarketError, StaleLead
from minassa.markets.figures import LARGEST, enter, figures_in_effect, read_file
from minassa.markets.leads import (
    EventTold,
    LeadTold,
    Offer,
    answer,
    decline,
    lose,
    open_lead,
    propose,
    qualify,
    record_event,
    stream_of,
    visible_leads,
    win,
)
from minassa.markets.parameters import market_parameters, number
from minassa.markets.policies import promotes
from minassa.markets.sheet import FORM
from minassa.markets.states import LEAD_MOVES, OPEN, LeadEvent

__all__ = [
    "FORM",
    "LANGUAGES",
    "LARGEST",
    "LEAD_MOVES",
    "OPEN",
    "EventTold",
    "FiguresRefused",
    "ImpossibleStep",
    "LeadEvent",
    "LeadTold",
    "MarketCriterion",
    "MarketError",
    "Offer",
    "StaleLead",
    "answer",
    "criteria",
    "decline",
    "enter",
    "figures_in_effect",
    "language_name",
    "lose",
    "market_name",
    "market_parameters",
    "markets",
    "number",
    "open_lead",
    "promotes",
    "propose",
    "qualify",
    "read_file",
    "record_event",
    "stream_of",
    "visible_leads",
    "win",
]
