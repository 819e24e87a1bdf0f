"""What a committee can decide: the plug table of kinds of items.

A kind says how a thing is frozen, whom it concerns, who had a hand in it, and how a decision on it takes effect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minassa.governance.errors import UnknownSubject
from minassa.governance.rules import Rules
from minassa.proof import canonical_bytes
from minassa.registry.public import Actor

Proposal: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is put to a vote: a decision on a subject, and what the decision needs (ground, lines, dates)."""

    subject: str
    decision: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Frozen:
    """A thing as it stands: its title, its content (text, whole numbers, lists, mappings), whom it concerns.

    `hands`: the actors who had a hand in it. `quiet`: nothing in it raises a question, under the rules of the day.
    """

    title: str
    content: Mapping[str, Any]
    enterprises: tuple[int, ...] = ()
    hands: frozenset[str] = frozenset()
    quiet: Callable[[Rules], bool] = field(default=lambda _rules: False)

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal of the content."""
        return digest_of(self.content)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item.

    `check` gives the proposal as it is kept, or raises a MinassaError; `freeze` reads the thing as it stands, or raises
    UnknownSubject; `take_effect` is called once, in the transaction that closes the vote, with the committee as actor;
    `examine` gives what is shown of the thing to those who decide. `hold`: where several are decided in one
    transaction, takes what they have in common before the first takes effect, in the order that all who take it follow.
    """

    code: str
    label: str | Promise
    decisions: Mapping[str, str | Promise]
    check: Callable[[Proposed], Proposal]
    freeze: Callable[[Proposed], Frozen]
    take_effect: Callable[[Actor, Proposed, Effect], Mapping[str, Any]]
    examine: Callable[[Actor, Proposed], Mapping[str, Any]] = field(default=lambda _actor, _proposed: {})
    consensus: bool = False
    hold: Callable[[Sequence[Proposed]], None] = field(default=lambda _proposed: None)


@dataclass(frozen=True, slots=True)
class Effect:
    """The decision that takes effect: the item that took it, by its number, and when."""

    item_id: int
    at: datetime


class Kinds:
    """The table of kinds: filled at start, only read afterwards."""

    _kinds: ClassVar[dict[str, Kind]] = {}

    @classmethod
    def add(cls, kind: Kind) -> None:
        """Enter a kind; ValueError when its code is taken."""
        if kind.code in cls._kinds:
            raise ValueError(kind.code)
        cls._kinds[kind.code] = kind

    @classmethod
    def all(cls) -> Mapping[str, Kind]:
        """Every kind, by code."""
        return MappingProxyType(cls._kinds)


def kind_of(code: str) -> Kind:
    """The kind with this code; UnknownSubject."""
    kind = Kinds.all().get(code)
    if kind is None:
        raise UnknownSubject(_("Ce genre de point n'existe pas."), kind=code)
    return kind


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal of a content written in one way."""
    return hashlib.sha256(canonical_bytes(dict(content))).hexdigest()
