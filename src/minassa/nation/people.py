"""The people of a basin: what is drawn once for each of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.columns import Columns
from minassa.nation.streams import BASIS, chance

FOREIGN = ("FR", "SN", "CI", "CM", "ES", "TN", "BE", "IT")
"""Nationalities of foreign staff; code 0 is Moroccan, then the rank in this list plus one."""

NOBODY = -1
LONG_AGO = -1_000
_FOREIGN_WEIGHTS = (3200, 2200, 1500, 800, 700, 800, 400, 400)
_LEVEL_ENGINEER = 6


def no_people() -> Columns:
    """Return the columns of people, empty.

    `children` counts for family allowances, `dependants` adds a spouse at charge; `posts` is how many jobs are held
    now; `last_end`, `last_firm` and `last_spell` are about the latest job left; `reserved`: expected back by a firm.
    """
    return Columns(
        woman=np.bool_,
        born=np.int16,
        nationality=np.int8,
        children=np.int8,
        dependants=np.int8,
        posts=np.int8,
        last_end=np.int16,
        last_firm=np.int32,
        last_spell=np.int32,
        spell=np.int32,
        reserved=np.bool_,
        unnumbered=np.bool_,
    )


def add_people(
    people: Columns, rng: np.random.Generator, levels: NDArray[np.int64], hired_year: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Add one person for each post to fill, of an age that fits its level, and return their ranks."""
    figures, count = calibration(), len(levels)
    least = np.where(levels > _LEVEL_ENGINEER, 23, np.where(levels == _LEVEL_ENGINEER, 21, 18))
    age = np.minimum(least + rng.gamma(2.0, 3.6, count).astype(np.int64), 58)
    foreign = chance(rng, count, np.where(levels > _LEVEL_ENGINEER, 2.0, 0.9) * figures.foreign_share.value)
    married = chance(rng, count, np.clip((age - 21) * 600, 0, 7_500))
    children = np.where(married, np.minimum(rng.poisson(np.clip((age - 23) * 0.09, 0, 2.0)), 5), 0)
    spouse = married & chance(rng, count, 3_500)
    kind = rng.choice(len(FOREIGN), count, p=np.array(_FOREIGN_WEIGHTS) / BASIS) + 1
    return people.append(
        count,
        woman=chance(rng, count, figures.women_share.value),
        born=hired_year - age,
        nationality=np.where(foreign, kind, 0),
        children=children,
        dependants=children + spouse,
        last_end=LONG_AGO,
        last_firm=NOBODY,
        last_spell=NOBODY,
        spell=NOBODY,
        unnumbered=~foreign & chance(rng, count, figures.without_number_share.value),
    )
