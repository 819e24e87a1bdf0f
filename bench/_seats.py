"""A national situation of seats, drawn: 60 programmes, 12 regions, 6 years, 40 occupations, any number of scenarios."""

from __future__ import annotations

import numpy as np

from minassa.talent.seats.linear import Reals, Whole
from minassa.talent.seats.situation import Limits, Programmes, Situation, Trainers

PROGRAMMES, REGIONS, YEARS, OCCUPATIONS = 60, 12, 6, 40
MINIMUM_CLASS = 12.0


def national(scenarios: int = 1, seed: int = 1) -> Situation:
    """A drawn situation of national size."""
    draw = np.random.default_rng(seed)
    length = draw.integers(1, 4, PROGRAMMES)
    flexibility = np.zeros((PROGRAMMES, OCCUPATIONS))
    for each in flexibility:
        each[draw.choice(OCCUPATIONS, 4, replace=False)] = draw.dirichlet(np.ones(4))
    size = draw.dirichlet(np.full(REGIONS, 1.5))
    needs = _needs(draw, size, scenarios, YEARS + int(length.max()) - 1)
    before = np.round(draw.gamma(0.8, 1.0, (PROGRAMMES, 1)) * size[None, :] * 120)
    before[before < MINIMUM_CLASS] = 0
    ratio = draw.uniform(12, 20, PROGRAMMES)
    return Situation(
        programmes=_programmes(draw, length.astype(np.int64), flexibility, ratio),
        trainers=_trainers(np.ceil(before / ratio[:, None] * 1.1)),
        limits=Limits(
            budget=np.linspace(400e6, 700e6, YEARS),
            rooms=np.maximum(size[:, None] * 15_000, before.sum(axis=0)[:, None] * 1.2) * np.ones(YEARS),
            floor=before.sum(axis=0)[:, None] * 0.6 * np.ones(YEARS),
            stability=0.4,
            step=24.0,
        ),
        needs=needs,
        weights=draw.uniform(60_000, 120_000, OCCUPATIONS),
        surplus=np.full(OCCUPATIONS, 15_000.0),
        seats_before=before,
    )


def _needs(draw: np.random.Generator, size: Reals, scenarios: int, years: int) -> Reals:
    """Fourteen thousand posts in the first year, spread over occupations and regions, each scenario around them."""
    central = draw.gamma(2.0, 1.0, OCCUPATIONS)[:, None, None] * size[None, :, None]
    central = central / central.sum() * 14_000 * np.linspace(1.0, 1.4, years)[None, None, :]
    spread = np.exp(draw.normal(0, 0.25, (scenarios, OCCUPATIONS, 1, 1)) + draw.normal(0, 0.1, (scenarios, 1, 1, 1)))
    return np.asarray(central[None] * spread)


def _programmes(draw: np.random.Generator, length: Whole, flexibility: Reals, ratio: Reals) -> Programmes:
    return Programmes(
        length_years=length,
        kept=draw.uniform(0.6, 0.85, PROGRAMMES),
        inserted=draw.uniform(0.5, 0.8, PROGRAMMES),
        flexibility=flexibility,
        ratio=ratio,
        minimum_class=np.full(PROGRAMMES, MINIMUM_CLASS),
        seat_cost=np.asarray(draw.uniform(8_000, 30_000, PROGRAMMES) * length),
        opening_cost=np.full(PROGRAMMES, 60_000.0),
        trainer_cost_year=np.full(PROGRAMMES, 160_000.0),
    )


def _trainers(in_post: Reals) -> Trainers:
    return Trainers(
        in_post=in_post,
        leave=np.full(PROGRAMMES, 0.08),
        recruited_most=np.full((PROGRAMMES, REGIONS), 2.0),
        recruited_cost=20_000.0,
        masters=8.0,
        masters_leave=0.05,
        masters_appointed_most=3.0,
        masters_cost_year=300_000.0,
        certified_by_master=10.0,
        certified_kept=0.9,
        certified_after_years=1,
        certified_cost=40_000.0,
    )
