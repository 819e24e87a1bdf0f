"""Where an establishment works: one of the P2I Offshoring, or a region outside any P2I.

Which P2I are primary or secondary, and what a place gives right to, is law: see the dated tables of the offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

import yaml

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.statuses import Status

Kind: TypeAlias = Literal["p2i", "region"]


class UnknownPlaceError(MinassaError):
    """No place has this code or this slug."""

    code = "place-unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the offer.

    `region` is the HCP number (1 to 12), `province` an HCP code or None for a whole region. `opens` and `closes` are
    the first and last month in which an establishment may be there; None means no known limit on that side.
    `latitude` and `longitude` (degrees, WGS 84) only serve to draw a map. `status` is how sure the entry is.
    """

    code: int
    slug: str
    kind: Kind
    name_fr: str
    name_ar: str
    name_en: str
    region: int
    province: str | None
    latitude: float
    longitude: float
    opens: int | None
    closes: int | None
    status: Status
    sources: tuple[str, ...]
    note: str

    def is_open(self, month: int) -> bool:
        """Tell whether an establishment may be there in that month."""
        return (self.opens is None or self.opens <= month) and (self.closes is None or month <= self.closes)


@cache
def places() -> tuple[Place, ...]:
    """Return every place, open or not, in the order of the codes."""
    content = resources.files("minassa.vocabulary").joinpath("places.yaml").read_text(encoding="utf-8")
    return tuple(sorted((_place(entry) for entry in yaml.safe_load(content)), key=lambda place: place.code))


def _place(entry: dict[str, object]) -> Place:
    opens, closes = entry.pop("opens"), entry.pop("closes")
    return Place(
        opens=None if opens is None else parse_month(str(opens)),
        closes=None if closes is None else parse_month(str(closes)),
        status=Status(str(entry.pop("status"))),
        sources=tuple(entry.pop("sources")),  # type: ignore[arg-type]
        **entry,  # type: ignore[arg-type]
    )


def place(code: int) -> Place:
    """Return the place of a code; UnknownPlaceError when there is none."""
    for candidate in places():
        if candidate.code == code:
            return candidate
    message = f"Aucun lieu ne porte le code {code}."
    raise UnknownPlaceError(message, code=code)


def place_by_slug(slug: str) -> Place:
    """Return the place of a slug such as `casanearshore`; UnknownPlaceError when there is none."""
    for candidate in places():
        if candidate.slug == slug:
            return candidate
    known = ", ".join(candidate.slug for candidate in places())
    message = f"Lieu inconnu. Lieux possibles : {known}."
    raise UnknownPlaceError(message)


def places_at(month: int) -> tuple[Place, ...]:
    """Return the places where an establishment may be in that month."""
    return tuple(candidate for candidate in places() if candidate.is_open(month))
