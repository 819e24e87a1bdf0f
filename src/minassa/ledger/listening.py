"""What the ledger tells the packages above, in the transaction in which it happens; it does not know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from django.db import transaction


class What(StrEnum):
    """What became of the money of an order."""

    PAID = "paid"
    RETAINED = "retained"
    """Kept for what the firm gives back: it counts as settled."""
    REJECTED = "rejected"
    RETURNED = "returned"


class Settled(NamedTuple):
    """By how many centimes an entitlement is settled more (below zero: less), by which order.

    Nothing for a rejection: the money never left.
    """

    reference: str
    cents: int
    what: What
    order: str


Listener: TypeAlias = Callable[[Sequence[Settled], datetime], None]
_LISTENERS: list[Listener] = []
_CREDITS: list[Callable[[], object]] = []


def on_settled(listener: Listener) -> None:
    """Have every settlement told to a function, within its transaction; once for each function."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell_settled(settled: Sequence[Settled], at: datetime) -> None:
    """Tell those who listen; an error of theirs undoes the whole act."""
    if settled:
        for listener in _LISTENERS:
            listener(settled, at)


def on_credits(act: Callable[[], object]) -> None:
    """Have a function called once credits that were opened or changed are written."""
    if act not in _CREDITS:
        _CREDITS.append(act)


def tell_credits() -> None:
    """Call those who wait for credits after the transaction: they take rows in another order than the envelope's."""
    for act in _CREDITS:
        transaction.on_commit(act, robust=True)
