"""The paying bank of the demonstration: it executes credit transfers, and can be told to do it badly. All invented.

It knows the platform by files only: a pain.001 in; pain.002, camt.054 and camt.053 out. Seeded, so that what it did
can be done again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Final

from minassa.simulators.bank_messages import (
    NOTICE,
    STATEMENT,
    Movement,
    Ordered,
    account_message,
    read_transfers,
    status_report,
)

WHOLE: Final = 100
REJECTIONS: Final = ("AC01", "AC04", "AC06", "AM04", "MS03")
RETURNS: Final = ("AC04", "MD07", "MS02")
STRANGER: Final = "OP-0000-INCONNU"


@dataclass(frozen=True, slots=True)
class BankBehaviour:
    """What is wrong with the bank, each in so many times out of a hundred; as made, nothing is.

    `rejects`: an order is refused, so that a batch is executed in part. `silent`: an accepted order is not executed.
    `returns`: money comes back. `twice`: a file is sent again, as it is. `repeats`: its movements are told again in
    another file. `late`: a file waits for the next time. `reorders`: files of one time are sent in another order.
    `lies`: an amount is not the one ordered. `invents`: a movement that nobody ordered. `pays_twice`: an order is
    executed twice, under two numbers of the bank.
    """

    rejects: int = 0
    silent: int = 0
    returns: int = 0
    twice: int = 0
    repeats: int = 0
    late: int = 0
    reorders: int = 0
    lies: int = 0
    invents: int = 0
    pays_twice: int = 0


class Bank:
    """One bank. `receive` takes a file; `answers` gives what is to be sent now."""

    def __init__(self, seed: int, behaviour: BankBehaviour | None = None, mark: str = "B") -> None:
        """A bank whose draws come from a seed; `mark` begins the numbers that it gives."""
        self.behaviour = behaviour or BankBehaviour()
        self._chance, self._mark, self._given = Random(seed), mark, 0  # noqa: S311 (a draw that can be drawn again)
        self._due: list[bytes] = []
        self._known: set[str] = set()

    def receive(self, content: bytes, at: datetime) -> None:
        """Take a pain.001; a batch that it knows already is not executed again."""
        orders = read_transfers(content)
        if not orders or orders[0].batch in self._known:
            return
        self._known.add(orders[0].batch)
        rejected = {one.end_to_end_id: self._chance.choice(REJECTIONS) for one in orders if self._happens("rejects")}
        accepted = [one for one in orders if one.end_to_end_id not in rejected]
        numbers = [one.end_to_end_id for one in accepted]
        self._due.append(status_report(self._number(), orders[0].batch, rejected, numbers, at))
        movements = list(self._executed(accepted))
        self._tell(NOTICE, movements, at)
        self._tell(STATEMENT, movements, at)
        back = [self._return(one) for one in movements if self._happens("returns")]
        self._tell(STATEMENT, back, at)

    def answers(self, *, final: bool = False) -> list[bytes]:
        """The files that are sent now; with `final` nothing waits any longer."""
        now = [one for one in self._due if final or not self._happens("late")]
        self._due = [one for one in self._due if one not in now]
        now += [one for one in now if self._happens("twice")]
        if self._happens("reorders"):
            self._chance.shuffle(now)
        return now

    def _executed(self, accepted: Sequence[Ordered]) -> Iterator[Movement]:
        for order in accepted:
            if self._happens("silent"):
                continue
            amount = (
                order.amount + self._chance.choice((-1, 1, order.amount)) if self._happens("lies") else order.amount
            )
            movement = Movement(order, self._number(), max(amount, 1))
            yield movement
            if self._happens("pays_twice"):
                yield replace(movement, reference=self._number())
        if self._happens("invents"):
            yield Movement(Ordered("", STRANGER, 0), self._number(), self._chance.randrange(1, 1_000_000))

    def _return(self, movement: Movement) -> Movement:
        return replace(movement, reference=self._number(), credit=True, reason=self._chance.choice(RETURNS))

    def _tell(self, name: str, movements: Sequence[Movement], at: datetime) -> None:
        if movements:
            self._due.append(account_message(name, self._number(), movements, at))
            if self._happens("repeats"):
                self._due.append(account_message(name, self._number(), movements, at))

    def _number(self) -> str:
        self._given += 1
        return f"{self._mark}{self._given:010}"

    def _happens(self, what: str) -> bool:
        return self._chance.randrange(WHOLE) < int(getattr(self.behaviour, what))
