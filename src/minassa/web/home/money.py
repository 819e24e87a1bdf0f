"""How each firm of a person stands with the State: received, due, to give back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from minassa.ledger.public import firm_balances
from minassa.registry.public import Actor

MOST: Final = 4
"""Firms whose money is told on the first page; each has its own page besides."""


def money(actor: Actor, _now: datetime) -> Mapping[str, Any]:
    """The firms that the person acts for, each with its balance."""
    return {"firms": firm_balances(actor, actor.enterprises())[:MOST]}
