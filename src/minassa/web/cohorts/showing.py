"""What pages say of a cohort: its places, its insertion by horizon, nothing that would tell of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from minassa.outlook.disclosure.parameters import control
from minassa.training.models import Cohort, Outcome
from minassa.vocabulary.periods import format_month, last_day
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.regions import region

YEAR: Final = 12
"""The horizon that lists show, in months."""


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
    """A cohort of the list."""

    cohort: Cohort
    region: str
    starts: Any
    ends: Any
    year: Horizon | None


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


def row_of(cohort: Cohort, outcome: Outcome | None, language: str) -> Row:
    """A row of the list."""
    year = next((one for one in horizons_of(outcome) if one.months == YEAR), None)
    starts, ends = last_day(cohort.starts_month), last_day(cohort.ends_month)
    return Row(cohort, getattr(region(cohort.region), f"name_{language}"), starts, ends, year)


def cells_of(row: Row) -> tuple[str | int, ...]:
    """A row of the list as a file holds it; empty where nobody knows or too few would be told."""
    one, year = row.cohort, row.year
    counts = (one.seats, one.enrolled, one.present, one.graduated, one.dropped_out, one.placed)
    measured = (year.observed, year.employed, year.in_trade) if year else (None, None, None)
    return (
        *(one.provider, one.programme, one.cohort, one.title, row.region),
        *(format_month(one.starts_month), format_month(one.ends_month)),
        *("" if number is None else number for number in (*counts, *measured)),
        one.source,
    )
