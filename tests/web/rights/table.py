"""The table of rights of pages, read: one row for a view, a method and what it bears on; a cell for each caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

FILE: Final = Path(__file__).with_name("pages.yaml")
REST: Final = "rest"
SIGN_IN: Final = "sign-in"


@dataclass(frozen=True, slots=True)
class Row:
    """What every caller gets from one address; `done`: whose act is written; `shows`: who finds what in the answer."""

    view: str
    method: str
    subject: str
    variant: str
    cells: Mapping[str, str]
    done: frozenset[str] | None
    shows: Mapping[str, frozenset[str]]

    def __str__(self) -> str:
        """The row in words."""
        return " ".join(filter(None, (self.view, self.method, self.subject, self.variant)))


class WrongTable(ValueError):
    """A row that gives a caller no outcome, or names a caller that is not there."""


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table; `knows`: who may find what anywhere, in any answer."""

    callers: tuple[str, ...]
    rows: tuple[Row, ...]
    knows: Mapping[str, frozenset[str]]


def read() -> Table:
    """The table of `pages.yaml`. WrongTable."""
    told = yaml.safe_load(FILE.read_text("utf-8"))
    callers = tuple(told["callers"].split())
    names = _Names(callers, told["groups"])
    rows = [_row(view, asked, cells, names) for view, asks in told["pages"].items() for asked, cells in asks.items()]
    knows = {what: names.of(who) for what, who in told["knows"].items()}
    return Table(callers, tuple(rows), knows)


class _Names:
    """Callers by their names and those of their groups."""

    def __init__(self, callers: tuple[str, ...], groups: Mapping[str, str]) -> None:
        self.callers = callers
        self._known = {name: frozenset({name}) for name in callers}
        for name, members in groups.items():
            self._known[name] = self.of(members)

    def of(self, text: str | None) -> frozenset[str]:
        found: set[str] = set()
        for word in (text or "").split():
            if word.lstrip("-") not in self._known:
                raise WrongTable(f"« {word} » names nobody")
            if word.startswith("-"):
                found -= self._known[word[1:]]
            else:
                found |= self._known[word]
        return frozenset(found)


def _row(view: str, asked: str, told: Mapping[Any, Any], names: _Names) -> Row:
    what, _comma, variant = asked.partition(", ")
    method, _of, subject = what.partition(" of ")
    outcomes = {str(outcome): who for outcome, who in told.items() if outcome not in {"done", "shows"}}
    return Row(
        view,
        method,
        subject,
        variant,
        _cells(f"{view} {asked}", outcomes, names),
        names.of(told["done"]) if "done" in told else None,
        {marker: names.of(who) for marker, who in told.get("shows", {}).items()},
    )


def _cells(row: str, outcomes: Mapping[str, str], names: _Names) -> dict[str, str]:
    """Each caller's outcome, the first that names them; a visitor who is not named is sent to sign in."""
    cells: dict[str, str] = {}
    for outcome, who in outcomes.items():
        for caller in names.callers if who == REST else names.of(who):
            cells.setdefault(caller, SIGN_IN if who == REST and caller == "visitor" else outcome)
    left = set(names.callers) - cells.keys()
    if left:
        raise WrongTable(f"{row}: no outcome for {sorted(left)}")
    return {caller: cells[caller] for caller in names.callers}
