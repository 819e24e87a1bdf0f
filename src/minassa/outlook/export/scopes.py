"""Export turnover that bears its scope in its type: two scopes are never added, compared or drawn on one axis.

mypy refuses what mixes them when it is written; `MixedScopes` refuses it when it runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, Self, TypeVar

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING: Final = "minassa-default#echelle"


class MixedScopes(MinassaError):
    """Turnovers of two scopes were put together: the sum, the difference or the chart would mean nothing."""

    code = "EXPORT-MIXED-SCOPES"


class Scope(StrEnum):
    """What a figure of exports counts, and who counts it."""

    MINISTRY = "ministry"
    """The narrow series that the ministry gave until 2023."""
    EXCHANGE_OFFICE = "exchange_office"
    """Receipts of the Office des Changes by five filières, preliminary, from 2023 on."""
    ACCOUNTS = "accounts"
    """Yearly accounts that firms filed here."""
    STATEMENTS = "statements"
    """Quarterly statements that firms made here."""


@dataclass(frozen=True, slots=True, eq=False)
class Turnover:
    """An export turnover in centimes, of one scope: only a subclass is ever made."""

    scope: ClassVar[Scope]
    cents: int

    def __add__(self, other: Self) -> Self:
        """The sum; MixedScopes for another scope."""
        return type(self)(self.cents + self._same(other))

    def __sub__(self, other: Self) -> Self:
        """The difference; MixedScopes for another scope."""
        return type(self)(self.cents - self._same(other))

    def __eq__(self, other: object) -> bool:
        """Whether they are equal; MixedScopes for another scope, for the answer would be about nothing."""
        return isinstance(other, Turnover) and self.cents == self._same(other)

    def __lt__(self, other: Self) -> bool:
        """Whether it is less; MixedScopes for another scope."""
        return self.cents < self._same(other)

    def __le__(self, other: Self) -> bool:
        """Whether it is at most; MixedScopes for another scope."""
        return self.cents <= self._same(other)

    def __hash__(self) -> int:
        return hash((self.scope, self.cents))

    def of(self, whole: Self) -> int | None:
        """Its share of a whole of the same scope, in basis points; None when the whole is nothing."""
        among = self._same(whole)
        return divide(self.cents * BASIS_POINTS, among, Direction.HALF_UP, ROUNDING) if among > 0 else None

    def growth_since(self, before: Self) -> int | None:
        """Growth since another turnover of the same scope, in basis points; None when there was nothing."""
        share = self.of(before)
        return None if share is None else share - BASIS_POINTS

    def _same(self, other: Turnover) -> int:
        if type(other) is not type(self):
            raise mixed((self.scope, other.scope))
        return other.cents


class MinistryTurnover(Turnover):
    """Of the narrow series of the ministry."""

    scope = Scope.MINISTRY


class ExchangeOfficeTurnover(Turnover):
    """Of the receipts of the Office des Changes."""

    scope = Scope.EXCHANGE_OFFICE


class AccountsTurnover(Turnover):
    """Of yearly accounts filed here."""

    scope = Scope.ACCOUNTS


class StatedTurnover(Turnover):
    """Of quarterly statements made here."""

    scope = Scope.STATEMENTS


T = TypeVar("T", bound=Turnover)
KINDS: Final[dict[Scope, type[Turnover]]] = {
    kind.scope: kind for kind in (MinistryTurnover, ExchangeOfficeTurnover, AccountsTurnover, StatedTurnover)
}


def total(kind: type[T], values: Iterable[T]) -> T:
    """The sum of turnovers of one scope, nothing for none; MixedScopes when one is of another."""
    whole = kind(0)
    for value in values:
        whole += value
    return whole


def one_scope(scopes: Iterable[Scope]) -> Scope:
    """The only scope among these; MixedScopes for several, ValueError for none."""
    found = sorted(set(scopes))
    if not found:
        message = "no scope at all"
        raise ValueError(message)
    if len(found) > 1:
        raise mixed(found)
    return found[0]


def mixed(scopes: Iterable[Scope]) -> MixedScopes:
    """The refusal to put these scopes together."""
    names = ", ".join(sorted(scopes))
    return MixedScopes(f"Deux périmètres ne se mêlent ni ne se comparent : {names}.", scopes=names)
