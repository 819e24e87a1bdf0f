"""Seats that measured insertion proposes for next year, by programme and region, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from minassa.talent.flows.shares import Counted, counted
from minassa.talent.seats.adjusting import Measured, Move, Thresholds, adjusted, moved
from minassa.talent.seats.assumed import assumptions
from minassa.training.asking import Adjustment
from minassa.training.inserting import Seen, seen
from minassa.training.plan_models import SeatPlan
from minassa.vocabulary.periods import MONTHS_A_YEAR

PERIOD: Final = 6
"""Months of graduation judged together: a half-year."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Seats proposed for the first year of a plan: entrants before, what the last half-years say, and the move."""

    programme: str
    region: int
    year: int
    before: int
    seats: int
    move: Move
    history: tuple[tuple[int, Counted], ...]

    def accepted(self) -> Adjustment:
        """The edit that accepting it makes of it, with the interval that it stands on."""
        last = self.history[-1][1]
        return (self.programme, self.region, self.year, self.seats, self.move.value, last.low, last.high)


def thresholds() -> Thresholds:
    """When seats move, and by how much at most."""
    values = assumptions().adjusting
    return Thresholds(values.poor, values.good, values.cap)


def proposals(plan: SeatPlan) -> list[Proposed]:
    """What measured insertion says of each programme and region of an answered plan that has graduates observed."""
    content, by_place = plan.answer.content, _histories(seen())
    found = []
    for row in content.get("seats", []):
        programme = content["programmes"][row["programme"]]["code"]
        history = by_place.get((programme, row["region"] + 1))
        if history and row["before"]:
            found.append(_proposed((programme, row["region"] + 1), content["first_year"], row["before"], history))
    return sorted(found, key=lambda one: (one.move is Move.STAY, one.programme, one.region))


def proposed_at(plan: SeatPlan, programme: str, region: int) -> Proposed | None:
    """What is proposed now for a programme and region; None where seats would stay as they are."""
    found = (one for one in proposals(plan) if (one.programme, one.region) == (programme, region))
    return next((one for one in found if one.move is not Move.STAY), None)


def half_year(period: int) -> tuple[int, int]:
    """The year and the half (1 or 2) of a period."""
    return period * PERIOD // MONTHS_A_YEAR, 1 + period % (MONTHS_A_YEAR // PERIOD)


def _proposed(place: tuple[str, int], year: int, before: int, history: tuple[tuple[int, Counted], ...]) -> Proposed:
    bounds, kept = [Measured(one.low, one.high) for _period, one in history], thresholds()
    return Proposed(*place, year, before, adjusted(before, bounds, kept), moved(bounds, kept), history)


def _histories(rows: Iterable[Seen]) -> dict[tuple[str, int], tuple[tuple[int, Counted], ...]]:
    sums: dict[tuple[str, int], dict[int, tuple[int, int]]] = {}
    for one in rows:
        periods = sums.setdefault((one.cohort.programme, one.cohort.region), {})
        employed, observed = periods.get(one.cohort.ends_month // PERIOD, (0, 0))
        periods[one.cohort.ends_month // PERIOD] = (employed + one.employed, observed + one.observed)
    return {
        place: tuple((period, share) for period in sorted(periods) if (share := counted(*periods[period])))
        for place, periods in sums.items()
    }
