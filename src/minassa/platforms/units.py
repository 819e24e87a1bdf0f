"""What reports and conformity bear on: each P2I, and the national platform for firms outside any P2I."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from minassa.registry.models import Park
from minassa.vocabulary.places import UnknownPlaceError, places

NATIONAL: Final = 0
"""The code of the national platform, which no place bears."""
NATIONAL_BODY: Final = "mtnra"
"""The body supposed to hold the national platform: the circular names none in the pages that were read."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A P2I (the code of its place), or all places outside any P2I."""

    code: int
    slug: str
    name_fr: str
    name_ar: str
    name_en: str

    @property
    def national(self) -> bool:
        """Whether it is the national platform."""
        return self.code == NATIONAL

    @property
    def places(self) -> tuple[int, ...]:
        """The places whose firms count."""
        if not self.national:
            return (self.code,)
        return tuple(place.code for place in places() if place.kind != "p2i")


@cache
def units() -> tuple[Unit, ...]:
    """Every P2I by its code, then the national platform."""
    p2i = [Unit(one.code, one.slug, one.name_fr, one.name_ar, one.name_en) for one in places() if one.kind == "p2i"]
    outside = Unit(
        NATIONAL,
        "hors-p2i",
        "Hors P2I (plateforme nationale)",
        "خارج المنصات (المنصة الوطنية)",
        "Outside the P2I (national platform)",
    )
    return (*p2i, outside)


def unit(code: int) -> Unit:
    """The unit of a code; UnknownPlaceError when there is none."""
    for one in units():
        if one.code == code:
            return one
    message = f"Aucune P2I ne porte le code {code}."
    raise UnknownPlaceError(message, code=code)


def unit_by_slug(slug: str) -> Unit:
    """The unit of a slug such as `casanearshore` or `hors-p2i`; UnknownPlaceError when there is none."""
    for one in units():
        if one.slug == slug:
            return one
    known = ", ".join(one.slug for one in units())
    message = f"P2I inconnue. P2I possibles : {known}."
    raise UnknownPlaceError(message)


def body_of(code: int) -> str:
    """The code of the body that manages a unit; empty when nobody is known to."""
    if code == NATIONAL:
        return NATIONAL_BODY
    return Park.objects.filter(place=code).values_list("manager__code", flat=True).first() or ""
