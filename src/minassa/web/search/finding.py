"""What one box finds: enterprises, cases, persons, each group under the visibility of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from minassa.onestop.models import Case
from minassa.onestop.public import Filters, cases_for
from minassa.registry.models import Enterprise, Person
from minassa.registry.public import Actor, allowed, fold, persons_by_name, persons_by_number, visible_enterprises
from minassa.web.enterprises.listing import searched

MOST: Final = 10
"""Lines shown of each group; the list of the group itself shows the rest."""
SHORTEST: Final = 2


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


NOTHING: Final = Found([], [], [], near=False)


def find(actor: Actor, text: str) -> Found:
    """What the actor may see that answers to the text; nothing for less than two letters or digits."""
    if len(fold(text)) < SHORTEST:
        return NOTHING
    rows = Enterprise.objects.filter(visible_enterprises(actor))
    found, near = searched(rows, text)
    enterprises = list(found.order_by("name", "pk")[:MOST])
    return Found(
        enterprises=enterprises,
        cases=_cases(actor, text, [] if near else enterprises),
        persons=_persons(actor, text),
        near=near,
    )


def _cases(actor: Actor, text: str, enterprises: list[Enterprise]) -> list[Case]:
    """Cases by the beginning of their reference; failing that, those of the one enterprise that was found."""
    if not allowed(actor, "case.list"):
        return []
    found = cases_for(actor, Filters(reference=text), size=MOST).rows
    if not found and len(enterprises) == 1:
        found = cases_for(actor, Filters(enterprise=enterprises[0].pk), size=MOST).rows
    return found


def _persons(actor: Actor, text: str) -> list[Person]:
    found: dict[Any, Person] = {}
    groups: Iterable[Any] = (persons_by_number(actor, text), persons_by_name(actor, text))
    for group in groups:
        found.update({person.pk: person for person in group.select_related("enterprise")[:MOST]})
    return list(found.values())[:MOST]
