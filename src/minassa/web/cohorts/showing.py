"""What pages say of a cohort: its places, its insertion by horizon, nothing that would tell of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from minassa.outlook.disclosure.parameters import control
from minassa.training.models import Cohort, Outcome
from minassa.vocabulary.periods import last_day
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.regions import region


@dataclass(frozen=True, slots=True)
class Horizon:
    """Insertion at a horizon: `hidden` when too few are observed to be told, None where nobody is observed yet."""

    months: int
    graduates: int
    observed: int
    employed: int | None
    in_trade: int | None
    wage_month: int | None
    hidden: bool

    @property
    def share(self) -> int | None:
        """Employed of those observed, in basis points."""
        return _share(self.employed, self.observed)

    @property
    def trade_share(self) -> int | None:
        """Employed in the trade learned of those observed, in basis points."""
        return _share(self.in_trade, self.observed)

    @property
    def width(self) -> int:
        """Length of the bar, in per cent."""
        return (self.share or 0) * 100 // BASIS_POINTS

    @property
    def trade_width(self) -> int:
        """Length of the bar of the trade learned, in per cent."""
        return (self.trade_share or 0) * 100 // BASIS_POINTS


@dataclass(frozen=True, slots=True)
class Row:
    """A cohort in words."""

    cohort: Cohort
    region: str
    starts: date
    ends: date


def _share(some: int | None, observed: int) -> int | None:
    return None if some is None or not observed else some * BASIS_POINTS // observed


def horizons_of(outcome: Outcome | None) -> list[Horizon]:
    """The horizons of what a run said, those of too few people without their numbers."""
    fewest = control().fewest_persons.value
    return [_horizon(one, fewest) for one in (outcome.horizons if outcome else ())]


def _horizon(one: dict[str, Any], fewest: int) -> Horizon:
    hidden = 0 < one["observed"] < fewest
    few_paid = hidden or (one["employed"] or 0) < fewest
    return Horizon(
        one["horizon"],
        one["graduates"],
        one["observed"],
        None if hidden else one["employed"],
        None if hidden else one["in_trade"],
        None if few_paid else one["wage_month"],
        hidden,
    )


def row_of(cohort: Cohort, language: str) -> Row:
    """A cohort with its region named in a language."""
    starts, ends = last_day(cohort.starts_month), last_day(cohort.ends_month)
    return Row(cohort, getattr(region(cohort.region), f"name_{language}"), starts, ends)
