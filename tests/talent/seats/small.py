"""A situation small enough to be reckoned by hand: two programmes, two regions, three years, two occupations."""

import numpy as np

from minassa.talent.seats.situation import Limits, Programmes, Situation, Trainers

PLENTY = 1e9


def small(**changed: object) -> Situation:
    """Programme 0 serves occupation 0, programme 1 serves 1; a post filled is worth 100,000, a seat costs 10,000."""
    both = np.ones(2)
    values = {
        "programmes": Programmes(
            length_years=np.array([1, 1]),
            kept=0.8 * both,
            inserted=0.5 * both,
            flexibility=np.eye(2),
            ratio=10 * both,
            minimum_class=12 * both,
            seat_cost=10_000 * both,
            opening_cost=0 * both,
            trainer_cost_year=1_000 * both,
        ),
        "trainers": Trainers(
            in_post=np.full((2, 2), 3.0),
            leave=0 * both,
            recruited_most=np.zeros((2, 2)),
            recruited_cost=0.0,
            masters=0.0,
            masters_leave=0.0,
            masters_appointed_most=0.0,
            masters_cost_year=0.0,
            certified_by_master=0.0,
            certified_kept=1.0,
            certified_after_years=1,
            certified_cost=0.0,
        ),
        "limits": Limits(np.full(3, PLENTY), np.full((2, 3), 1_000.0), np.zeros((2, 3)), stability=1.0, step=1_000.0),
        "needs": np.full((1, 2, 2, 3), 40.0),
        "weights": 100_000 * both,
        "surplus": 5_000 * both,
        "seats_before": np.zeros((2, 2)),
    }
    return Situation(**{**values, **changed})  # type: ignore[arg-type]
