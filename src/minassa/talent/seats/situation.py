"""What a plan of seats starts from: programmes, regions, trainers, needs, costs and limits, as arrays.

Axes: programme p, region r, year y (of entry, 0 is the first planned), occupation o, scenario s. Shares are parts of
one, money is dirhams: the solver reckons in floating point, and what it answers is told in whole seats and centimes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from minassa.talent.seats.linear import Reals, Whole
from minassa.vocabulary.errors import MinassaError


class BadSituation(MinassaError):
    """Arrays of a situation do not fit together, or a share is not one."""

    code = "SEATS-SITUATION"


@dataclass(frozen=True, slots=True)
class Programmes:
    """What does not depend on the plan: one value for each programme, but for `flexibility` (p, o).

    `length_years`: from entry to diploma, 1 at least. `kept`: (1 - drop-out) x pass rate. `inserted`: graduates who
    come to work in the field and stay. `flexibility`: the share of them who can hold an occupation. `ratio`: entrants
    for one trainer in a year. `minimum_class`: under so many entrants, a programme does not open in a region.
    """

    length_years: Whole
    kept: Reals
    inserted: Reals
    flexibility: Reals
    ratio: Reals
    minimum_class: Reals
    seat_cost: Reals
    opening_cost: Reals
    trainer_cost_year: Reals


@dataclass(frozen=True, slots=True)
class Trainers:
    """Trainers as a stock with its own pipeline: the National Institute certifies, some leave, some are recruited.

    `in_post` (p, r) at the start of the first year; `leave` in a year; `recruited_most` (p, r) from outside in a year.
    The Institute: `masters` (trainers of trainers) in post, how many leave and may be appointed in a year, how many
    trainers one of them certifies in a year, the share certified, years until they teach, and what each costs.
    """

    in_post: Reals
    leave: Reals
    recruited_most: Reals
    recruited_cost: float
    masters: float
    masters_leave: float
    masters_appointed_most: float
    masters_cost_year: float
    certified_by_master: float
    certified_kept: float
    certified_after_years: int
    certified_cost: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds a plan: `budget` (y) in dirhams, `rooms` (r, y) in seats, `floor` (r, y) in seats.

    Yearly stability: entrants of a programme in a region change by a share of last year's, or by `step` seats.
    """

    budget: Reals
    rooms: Reals
    floor: Reals
    stability: float
    step: float


@dataclass(frozen=True, slots=True)
class Edit:
    """Seats of a programme in a region and year fixed by hand."""

    programme: int
    region: int
    year: int
    seats: int


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a plan is made of.

    `needs` (s, o, r, year of diploma): posts that other supply leaves open, from the end of the first year on, until
    the last cohort has graduated. `weights` (o): worth of a post filled, in dirhams, `surplus` (o): cost of one
    graduate more than the need. `seats_before` (p, r): entrants of the year before the first.
    """

    programmes: Programmes
    trainers: Trainers
    limits: Limits
    needs: Reals
    weights: Reals
    surplus: Reals
    seats_before: Reals
    edits: tuple[Edit, ...] = field(default=())

    def __post_init__(self) -> None:
        """BadSituation when the arrays do not fit together."""
        programmes, regions, years = self.shape
        fits = {
            "flexibility": self.programmes.flexibility.shape == (programmes, self.occupations),
            "trainers": self.trainers.in_post.shape == (programmes, regions),
            "rooms": self.limits.rooms.shape == (regions, years) == self.limits.floor.shape,
            "needs": self.needs.shape[2:] == (regions, years + int(self.programmes.length_years.max()) - 1),
            "length_years": bool((self.programmes.length_years >= 1).all()),
            "shares": all(_shares(one) for one in (self.programmes.kept, self.programmes.inserted)),
        }
        wrong = [name for name, right in fits.items() if not right]
        if wrong:
            raise BadSituation(f"Situation incohérente : {', '.join(wrong)}.")

    @property
    def shape(self) -> tuple[int, int, int]:
        """Programmes, regions, planned years."""
        programmes, regions = self.seats_before.shape
        return programmes, regions, len(self.limits.budget)

    @property
    def occupations(self) -> int:
        """How many occupations are sought."""
        return int(self.needs.shape[1])


def _shares(values: Reals) -> bool:
    return bool(np.all((values >= 0) & (values <= 1)))
