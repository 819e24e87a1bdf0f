"""Exchange-rate exposure: turnover by currency, and what a move of the euro against the dollar would change of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from minassa.outlook.export.scopes import ROUNDING
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

FILE: Final = "exposure.yaml"
DIRHAM: Final = "MAD"


class Basket(BaseModel):
    """Weights of the basket that the dirham follows, in basis points, and how sure they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    weights_basis_points: dict[str, int]
    status: Status
    note: str
    reviewed_on: str | object


class Exposing(BaseModel):
    """The file of assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    basket: Basket
    move_basis_points: int
    move_status: Status
    move_note: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """A currency: turnover in centimes, its share, and what changes when the euro rises (basis points, centimes)."""

    currency: str
    cents: int
    share: int
    effect_cents: int | None


@cache
def exposing() -> Exposing:
    """The assumptions of exposure."""
    text = resources.files("minassa.outlook.export").joinpath(FILE).read_text(encoding="utf-8")
    return Exposing.model_validate(yaml.safe_load(text))


def exposures(cents: Mapping[str, int], move: int | None = None) -> list[Exposure]:
    """Turnover by currency, the largest first, with the effect of a rise of the euro by `move` basis points.

    The dirham follows its basket: when the euro rises by m against the dollar, it gains m times the weight of the
    dollar against the dirham, and the dollar loses m times the weight of the euro. The effect of another currency is
    not told (None); in dirhams there is none.
    """
    rise = exposing().move_basis_points if move is None else move
    whole = sum(cents.values())
    found = [
        Exposure(
            currency=currency,
            cents=part,
            share=divide(part * BASIS_POINTS, whole, Direction.HALF_UP, ROUNDING) if whole else 0,
            effect_cents=_effect(currency, part, rise),
        )
        for currency, part in cents.items()
    ]
    return sorted(found, key=lambda one: (-one.cents, one.currency))


def _effect(currency: str, cents: int, rise: int) -> int | None:
    weights = exposing().basket.weights_basis_points
    if currency == DIRHAM:
        return 0
    if currency not in weights:
        return None
    other = BASIS_POINTS - weights[currency]
    sign = 1 if currency == "EUR" else -1
    return sign * divide(cents * rise * other, BASIS_POINTS * BASIS_POINTS, Direction.HALF_UP, ROUNDING)


def net_effect(found: list[Exposure]) -> int:
    """What the move changes of the turnover of the currencies whose effect is known, in centimes."""
    return sum(one.effect_cents or 0 for one in found)
