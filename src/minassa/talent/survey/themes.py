"""Open answers that say alike, grouped for a person to confirm: a stated method, the same for the same answers.

Each answer is the set of the beginnings of its words (five letters, folded, in any of the three languages), weighted by
how rare each is; two answers are as near as the cosine of their weights; groups are joined by average distance while
they are nearer than `NEAR`. Nothing is a theme before a person says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from minassa.vocabulary.folding import words

STEM: Final = 5
"""Letters of a word that are kept: endings say number and gender, not what is spoken of."""
SHORTEST: Final = 4
"""Letters of a word that counts: shorter ones tie sentences together."""
NEAR: Final = 0.2
"""Cosine above which two groups are joined."""
TOLD: Final = 4
MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that say alike, by their rank among those given, and the words that set them apart."""

    members: tuple[int, ...]
    told: tuple[str, ...]


def grouped(answers: Sequence[str]) -> list[Group]:
    """The groups of two answers or more, the largest first; an answer like no other is in none.

    ValueError for more than `MOST` answers.
    """
    if len(answers) > MOST:
        message = f"at most {MOST} answers are grouped at once"
        raise ValueError(message)
    stems = [_stems(one) for one in answers]
    spoken = [rank for rank, found in enumerate(stems) if found]
    if len(spoken) < 2:  # noqa: PLR2004 (a group is of two)
        return []
    weights, terms = _weights([stems[rank] for rank in spoken])
    distances = 1 - weights @ weights.T
    upper = np.clip(distances[np.triu_indices(len(spoken), 1)], 0, None)
    labels = fcluster(linkage(upper, "average"), 1 - NEAR, "distance")
    found = [
        Group(
            tuple(spoken[place] for place in np.flatnonzero(labels == label)),
            _telling(weights[labels == label].mean(axis=0), terms, stems),
        )
        for label in np.unique(labels)
    ]
    return sorted((one for one in found if len(one.members) > 1), key=lambda one: (-len(one.members), one.members))


def _stems(text: str) -> dict[str, str]:
    """The beginnings of the words of an answer, each with the first word that begins so."""
    found: dict[str, str] = {}
    for word in words(text):
        if len(word) >= SHORTEST:
            found.setdefault(word[:STEM], word)
    return found


def _weights(stems: Sequence[Mapping[str, str]]) -> tuple[NDArray[np.float64], list[str]]:
    """A row for each answer, of length one: the rarer a term, the more it weighs."""
    held = Counter(term for one in stems for term in one)
    terms = sorted(held)
    column = {term: place for place, term in enumerate(terms)}
    rows = np.zeros((len(stems), len(terms)))
    for rank, one in enumerate(stems):
        for term in one:
            rows[rank, column[term]] = 1 + np.log(len(stems) / held[term])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), terms


def _telling(mean: NDArray[np.float64], terms: Sequence[str], stems: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The words of the terms that weigh most, as they are most often written."""
    strongest = [terms[place] for place in sorted(range(len(terms)), key=lambda one: (-mean[one], terms[one]))[:TOLD]]
    written = {term: Counter(one[term] for one in stems if term in one) for term in strongest}
    return tuple(min(found, key=lambda word: (-found[word], word)) for found in written.values())
