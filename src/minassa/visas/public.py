"""The door of Talent Visas: what the packages above may call."""

from __future__ import annotations

from minassa.visas.errors import ListOver, NoShortage, QuotaFull, VisaError
from minassa.visas.following import close_alert, give_up, tell_hire
from minassa.visas.listing import (
    Computed,
    adopt_list,
    entry_of,
    frozen_list,
    list_in_force,
    list_of,
    lists_to_decide,
    propose_list,
    reject_list,
)
from minassa.visas.parameters import CRITERIA, QUOTAS, VisaParameter, criteria_on, parameter_on
from minassa.visas.reading import (
    Followed,
    Used,
    adopted_lists,
    followed,
    ledger_of,
    quota_used,
    visa_of,
    visas_for,
)

__all__ = [
    "CRITERIA",
    "QUOTAS",
    "Computed",
    "Followed",
    "ListOver",
    "NoShortage",
    "QuotaFull",
    "Used",
    "VisaError",
    "VisaParameter",
    "adopt_list",
    "adopted_lists",
    "close_alert",
    "criteria_on",
    "entry_of",
    "followed",
    "frozen_list",
    "give_up",
    "ledger_of",
    "list_in_force",
    "list_of",
    "lists_to_decide",
    "parameter_on",
    "propose_list",
    "quota_used",
    "reject_list",
    "tell_hire",
    "visa_of",
    "visas_for",
]
