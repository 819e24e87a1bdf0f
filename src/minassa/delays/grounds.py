"""The legal grounds of a pause: who is awaited meanwhile, and whether the legal delay stops too."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import StrictBool

from minassa.delays.documents import Closed, Dated, check_dated, packaged, parse
from minassa.delays.errors import MissingGround, UnknownGround
from minassa.delays.holidays import Names


class Ground(Dated):
    """A ground: its label in three languages, who is awaited during the pause, whether legal delays are suspended."""

    label: Names
    holder: Literal["firm", "force_majeure", "platform"]
    suspends: StrictBool


class GroundFile(Closed):
    """The whole file, by code."""

    grounds: dict[str, Ground]


def parse_grounds(content: str, origin: str) -> GroundFile:
    """Read a file of grounds; InvalidDelayData when it departs from its schema or cites an unknown text."""
    return _checked(parse(content, origin, GroundFile), origin)


def _checked(read: GroundFile, origin: str) -> GroundFile:
    for code, entry in read.grounds.items():
        check_dated([entry], f"{origin}, {code}")
    return read


@cache
def grounds() -> dict[str, Ground]:
    """Return every ground of this package, by code."""
    return dict(_checked(packaged("grounds.yaml", GroundFile), "grounds.yaml").grounds)


def ground(code: str, on: date) -> Ground:
    """Return the ground of a code on a day; MissingGround when the code is empty, UnknownGround when none is known."""
    if not code:
        raise MissingGround("Une pause se demande avec son motif légal : indiquez lequel.")
    found = grounds().get(code)
    if found is None:
        raise UnknownGround(f"Le motif de pause « {code} » n'existe pas ; motifs : {', '.join(sorted(grounds()))}.")
    if not found.in_force(on):
        raise UnknownGround(f"Le motif de pause « {code} » ne vaut pas le {on.isoformat()}.", code=code)
    return found
