"""What one box finds: enterprises, cases, persons, each group under the visibility of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from minassa.onestop.models import Case
from minassa.onestop.public import Filters, cases_for
from minassa.registry.models import Enterprise, Person
from minassa.registry.public import Actor, allowed, fold, persons_by_name, persons_by_number, visible_enterprises
from minassa.web.enterprises.listing import holding, looking_like

MOST: Final = 10
"""Lines shown of each group; the list of the group itself shows the rest."""
SHORTEST: Final = 2
_REFERENCE: Final = re.compile(r"[A-Za-z]{2,4}-[0-9-]*$")
"""The beginning of the reference of a case, which no name and no number of a person looks like."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, by group; `near` when the enterprises only look like what was typed."""

    enterprises: list[Enterprise]
    cases: list[Case]
    persons: list[Person]
    near: bool

    @property
    def total(self) -> int:
        """How many lines are shown."""
        return len(self.enterprises) + len(self.cases) + len(self.persons)

    @property
    def lines(self) -> str:
        """How many lines are shown, with `+` when a group holds no more of what was found: `10+`."""
        full = MOST in {len(self.enterprises), len(self.cases), len(self.persons)}
        return f"{self.total}+" if full else str(self.total)


NOTHING: Final = Found([], [], [], near=False)


def find(actor: Actor, text: str) -> Found:
    """What the actor may see that answers to the text; nothing for less than two letters or digits."""
    if len(fold(text)) < SHORTEST:
        return NOTHING
    exact = _enterprises(actor, text)
    by_reference = bool(_REFERENCE.match(text.strip()))
    like = [] if exact or by_reference else _like(actor, text)
    return Found(
        enterprises=exact or like,
        cases=_cases(actor, text if by_reference else "", exact),
        persons=[] if by_reference else _persons(actor, text),
        near=bool(like),
    )


def _enterprises(actor: Actor, text: str) -> list[Enterprise]:
    rows = Enterprise.objects.filter(visible_enterprises(actor)).filter(holding(text))
    return list(rows.order_by("name", "pk")[:MOST])


def _like(actor: Actor, text: str) -> list[Enterprise]:
    rows = looking_like(Enterprise.objects.filter(visible_enterprises(actor)), text)
    return list(rows.order_by("name", "pk")[:MOST])


def _cases(actor: Actor, reference: str, enterprises: list[Enterprise]) -> list[Case]:
    """Cases by the beginning of their reference; without it, those of the one enterprise that was found."""
    if not allowed(actor, "case.list"):
        return []
    if reference:
        return cases_for(actor, Filters(reference=reference), size=MOST).rows
    if len(enterprises) == 1:
        return cases_for(actor, Filters(enterprise=enterprises[0].pk), size=MOST).rows
    return []


def _persons(actor: Actor, text: str) -> list[Person]:
    found = persons_by_number(actor, text) | persons_by_name(actor, text)
    return list(found.select_related("enterprise")[:MOST])
