"""Weights of answers raked to known margins, capped, and what weighting costs in precision.

Raking (iterative proportional fitting; Deming and Stephan, 1940) multiplies the weights of each category of each
margin in turn until all margins are met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from minassa.talent.survey.errors import RakingError

Weights: TypeAlias = NDArray[np.float64]
TOLERANCE: Final = 1e-9
"""Relative: margins are met far within one millionth."""
MOST_ROUNDS: Final = 2_000


@dataclass(frozen=True)
class Margin:
    """The category of each answer under one variable, and the known total of each category (firms)."""

    name: str
    categories: Sequence[str]
    totals: Mapping[str, float]


@dataclass(frozen=True)
class Raked:
    """Weights with how they came: rounds made, greatest relative gap to a margin, answers held at the cap."""

    weights: Weights
    rounds: int
    gap: float
    capped: int


def rake(base: Weights, margins: Sequence[Margin], *, cap: float | None = None) -> Raked:
    """Weights that meet every margin; with `cap`, none above so many times the mean weight.

    RakingError when a margin has a category without answer or totals that differ, or when no weights under the cap meet
    the margins: the message names the margin.
    """
    groups = [_groups(margin, len(base)) for margin in margins]
    _require_one_total(margins)
    weights = base.astype(np.float64).copy()
    ceiling = cap * sum(margins[0].totals.values()) / len(base) if cap and margins else np.inf
    gap, rounds = np.inf, 0
    while gap > TOLERANCE and rounds < MOST_ROUNDS:
        rounds += 1
        for members in groups:
            for inside, total in members:
                weights[inside] = _fitted(weights[inside], total, ceiling)
        gap = _gap(weights, groups)
    if gap > TOLERANCE:
        raise RakingError(
            f"Aucun poids ne respecte toutes les marges : l'écart reste de {gap:.2e}."
            " Regroupez des catégories, ou relevez le plafond des poids."
        )
    return Raked(weights, rounds, float(gap), int(np.sum(weights >= ceiling * (1 - 1e-12))))


def _fitted(weights: Weights, total: float, ceiling: float) -> Weights:
    """Weights of a category brought to its total, those that would pass the ceiling held there."""
    found, free, left = weights.copy(), np.ones(len(weights), dtype=bool), total
    while True:
        carried = float(found[free].sum())
        if carried <= 0 or not free.any():
            return found
        scaled = found[free] * (left / carried)
        over = scaled > ceiling
        if not over.any():
            found[free] = scaled
            return found
        held = np.flatnonzero(free)[over]
        found[held] = ceiling
        free[held] = False
        left = total - ceiling * float((~free).sum())


def _groups(margin: Margin, answers: int) -> list[tuple[NDArray[np.intp], float]]:
    if len(margin.categories) != answers:
        raise RakingError(f"La marge « {margin.name} » ne dit pas la catégorie de chaque réponse.")
    given = np.asarray(margin.categories, dtype=object)
    if unknown := sorted(set(margin.categories) - set(margin.totals)):
        raise RakingError(f"La marge « {margin.name} » n'a pas de total pour : {', '.join(unknown)}.")
    found: list[tuple[NDArray[np.intp], float]] = []
    for category, total in margin.totals.items():
        inside = np.flatnonzero(given == category)
        if total and not len(inside):
            raise RakingError(f"Marge « {margin.name} » : aucune réponse dans « {category} », qui compte {total:g}.")
        if len(inside):
            found.append((inside, float(total)))
    return found


def _require_one_total(margins: Sequence[Margin]) -> None:
    sums = [sum(margin.totals.values()) for margin in margins]
    if sums and max(sums) - min(sums) > 1e-6 * max(1.0, *sums):
        raise RakingError("Les marges n'ont pas toutes le même total.")


def _gap(weights: Weights, groups: Sequence[Sequence[tuple[NDArray[np.intp], float]]]) -> float:
    gaps = [
        abs(float(weights[inside].sum()) - total) / max(total, 1.0) for members in groups for inside, total in members
    ]
    return max(gaps, default=0.0)


def design_effect(weights: Weights) -> float:
    """Kish's design effect of unequal weights: n Σw² / (Σw)²; 1 when all are equal, NaN without answer."""
    total = float(weights.sum())
    return float(len(weights) * (weights**2).sum() / total**2) if total else float("nan")


def collapsed(margin: Margin, fewest: int) -> Margin:
    """A margin whose categories with fewer than so many answers are put with the next smallest one, by its name."""
    counts: dict[str, int] = dict.fromkeys(margin.totals, 0)
    for one in margin.categories:
        counts[one] = counts.get(one, 0) + 1
    names = {name: name for name in counts}
    while len(counts) > 1 and min(counts.values()) < fewest:
        least = min(counts, key=lambda name: (counts[name], name))
        into = min((name for name in counts if name != least), key=lambda name: (counts[name], name))
        joined = f"{into}+{least}"
        counts[joined] = counts.pop(least) + counts.pop(into)
        names = {name: joined if now in {least, into} else now for name, now in names.items()}
    totals: dict[str, float] = {}
    for name, total in margin.totals.items():
        totals[names[name]] = totals.get(names[name], 0.0) + total
    return Margin(margin.name, [names[one] for one in margin.categories], totals)


def as_weights(values: Any) -> Weights:  # noqa: ANN401 (anything numpy takes)
    """Numbers as weights."""
    return np.asarray(values, dtype=np.float64)
