"""Measures of specialisation, as they are published: location quotient, diversity, proximity, density. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Reals: TypeAlias = NDArray[np.float64]


def location_quotient(here: float, here_in_all: float, everywhere: float, everywhere_in_all: float) -> float | None:
    """The share of an activity here over its share everywhere; 1 is the same share. None where it is nowhere."""
    if here_in_all <= 0 or everywhere <= 0 or everywhere_in_all <= 0:
        return None
    return (here / here_in_all) / (everywhere / everywhere_in_all)


def location_quotients(people: Reals) -> Reals:
    """The quotients of a table (place, activity) against the sum of its places; NaN where an activity is nowhere."""
    with np.errstate(divide="ignore", invalid="ignore"):
        here = people / people.sum(axis=1, keepdims=True)
        quotients: Reals = here / (people.sum(axis=0) / people.sum())
    return quotients


def herfindahl(people: Sequence[float]) -> float | None:
    """The sum of squared shares: 1 where all is in one activity, 1/n where n share it evenly. None without people."""
    whole = sum(people)
    return sum((one / whole) ** 2 for one in people) if whole > 0 else None


def shannon(people: Sequence[float]) -> float | None:
    """The entropy of shares in nats: 0 where all is in one activity, log n at most. None without people."""
    whole = sum(people)
    return -sum(one / whole * log(one / whole) for one in people if one > 0) if whole > 0 else None


def effective_activities(people: Sequence[float]) -> float | None:
    """How many activities of equal size would be as diverse: the exponential of the entropy."""
    entropy = shannon(people)
    return None if entropy is None else exp(entropy)


def proximities(specialised: NDArray[np.bool_]) -> Reals:
    """The proximity of activities (activity, activity) from who is specialised in what (place, activity).

    The least of the two conditional probabilities that a place specialised in one is in the other: shared places over
    the larger number of places (Hidalgo, Klinger, Barabási and Hausmann, 2007). 0 where an activity is nobody's.
    """
    held = specialised.astype(np.float64)
    shared, counts = held.T @ held, held.sum(axis=0)
    most = np.maximum.outer(counts, counts)
    found: Reals = np.divide(shared, most, out=np.zeros_like(shared), where=most > 0)
    return found


def relatedness_density(specialised: NDArray[np.bool_], closeness: Reals) -> Reals:
    """How much of what is close to each activity a place (place, activity) already does, 0 to 1, itself left out."""
    others = closeness.copy()
    np.fill_diagonal(others, 0.0)
    around = others.sum(axis=0)
    held = specialised.astype(np.float64) @ others
    found: Reals = np.divide(held, around, out=np.zeros_like(held), where=around > 0)
    return found
