"""What is asked of a trial: levers in the address, and other reforms beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from minassa.engine import Offer
from minassa.outlook.levers import InvalidLever, levers

BESIDE: Final = "avec"
NAME: Final = "nom"
REFORM: Final = "reforme"
"""The reform that is being changed, by its universal number: what is kept then is its next revision."""
MOST_BESIDE: Final = 3
MOST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The levers moved, by code; `beside`: other reforms to compare with, by name; what is wrong in the address."""

    name: str
    changes: Mapping[str, int]
    beside: Sequence[tuple[str, Mapping[str, int]]] = ()
    errors: Sequence[str] = field(default_factory=tuple)
    reform: str = ""

    def address(self) -> str:
        """The shortest address that asks the same: to keep and to share."""
        pairs: list[tuple[str, Any]] = [(NAME, self.name)] if self.name else []
        pairs += [(REFORM, self.reform)] if self.reform else []
        pairs += sorted(self.changes.items())
        pairs += [(BESIDE, text) for text in self.packed_beside()]
        return urlencode(pairs)

    def packed_beside(self) -> list[str]:
        """The reforms beside, as the address holds them."""
        return [packed(name, changes) for name, changes in self.beside]

    def kept_beside(self) -> str:
        """The address in which this reform stands beside, and the levers are back where they are in the offer."""
        here = (self.name, self.changes)
        return Asked("", {}, [*self.beside, here][-MOST_BESIDE:]).address()


def asked(query: Any, offer: Offer) -> Asked:  # noqa: ANN401 (Django's dictionary of a query)
    """What an address asks; what cannot be read is told and left out."""
    name = " ".join(query.get(NAME, "").split())[:MOST_NAME]
    errors: list[str] = []
    changes = _moved(offer, {code: query[code] for code in query}, errors)
    beside = [unpacked(offer, text, errors) for text in query.getlist(BESIDE)[:MOST_BESIDE]]
    return Asked(name, changes, [one for one in beside if one[1]], errors, _number(query.get(REFORM, "")))


def _number(text: str) -> str:
    """A universal number as it is written; empty for anything else."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def packed(name: str, changes: Mapping[str, int]) -> str:
    """A reform in one word of an address: `name~lever:value~lever:value`."""
    return "~".join([name.replace("~", " "), *(f"{code}:{value}" for code, value in sorted(changes.items()))])


def unpacked(offer: Offer, text: str, errors: list[str]) -> tuple[str, Mapping[str, int]]:
    """The name and the levers of a packed reform."""
    name, *pairs = text.split("~")
    given = dict(pair.split(":", 1) for pair in pairs if ":" in pair)
    return name[:MOST_NAME], _moved(offer, given, errors)


def _moved(offer: Offer, given: Mapping[str, str], errors: list[str]) -> Mapping[str, int]:
    """The levers moved; one that is wrong is told, the others are kept."""
    changes: dict[str, int] = {}
    for lever in levers(offer):
        if lever.code not in given:
            continue
        try:
            value = lever.read(given[lever.code])
        except InvalidLever as error:
            errors.append(error.message)
            continue
        if value != lever.value:
            changes[lever.code] = value
    return changes
