"""Kinds of things that a recommendation may come from: each told in a line to whoever may know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django.utils.functional import Promise

from minassa.commitments.public import Origin
from minassa.registry.public import Actor

MOST: Final = 20
"""Origins of a recommendation, at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """An origin in words: what it is, where it is read (empty: nowhere), its day; `mine`: of the reader's own firm.

    `stands`: a recommendation may be drawn from it; not from minutes that nobody approved, nor from words taken back.
    """

    kind: str
    number: str
    label: str | Promise
    title: str
    address: str = ""
    day: date | None = None
    mine: bool = False
    stands: bool = True
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class OriginKind:
    """A kind of origin: its word, and how one is told to an actor (None: the actor may not know of it).

    `speakers`: how many different firms or bodies speak in things of this kind, None where each was put to every firm.
    """

    code: str
    label: str | Promise
    tell: Callable[[Actor, str], Told | None]
    speakers: Callable[[Sequence[str]], int] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Origins of one kind as everyone may know of them; `number`: None where so few spoke that it would tell who."""

    kind: str
    label: str | Promise
    number: int | None


class Origins:
    """Every kind of origin by its code."""

    _known: ClassVar[dict[str, OriginKind]] = {}

    @classmethod
    def add(cls, kind: OriginKind) -> None:
        """Enter a kind; ValueError when its code is taken."""
        if kind.code in cls._known:
            message = f"two kinds of origins are called {kind.code}"
            raise ValueError(message)
        cls._known[kind.code] = kind

    @classmethod
    def all(cls) -> Mapping[str, OriginKind]:
        """Every kind, by code."""
        return MappingProxyType(cls._known)


def asked_origins(given: Iterable[str]) -> list[Origin]:
    """The origins that an address or a form names (`kind:number`), once each; what names no known kind is left out."""
    found = [Origin(*one.split(":", 1)) for one in given if ":" in one]
    known = [one for one in found if one.kind in Origins.all()]
    return list(dict.fromkeys(known))[:MOST]


def told_origins(actor: Actor, origins: Sequence[Mapping[str, Any]]) -> tuple[list[Told], int]:
    """Origins as this actor may read them, and how many more there are that he or she may not know of."""
    told = [told_origin(actor, Origin(one["kind"], one["number"])) for one in origins]
    seen = [one for one in told if one is not None]
    return seen, len(told) - len(seen)


def tallied(origins: Sequence[Mapping[str, Any]], fewest: int) -> list[Tally]:
    """Origins by kind, for everyone: no title, no day, and no number of things that fewer than `fewest` said."""
    found = []
    for kind in Origins.all().values():
        numbers = sorted({str(one["number"]) for one in origins if one["kind"] == kind.code})
        if numbers:
            few = kind.speakers is not None and kind.speakers(numbers) < fewest
            found.append(Tally(kind.code, kind.label, None if few else len(numbers)))
    return found


def told_origin(actor: Actor, origin: Origin) -> Told | None:
    """One origin; None for an unknown kind or number, or where the actor may not know of it."""
    kind = Origins.all().get(origin.kind)
    return kind.tell(actor, origin.number) if kind else None
