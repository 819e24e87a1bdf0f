"""How near two occupations are among all others: three likenesses read as ranks, then the company that each keeps.

A cosine of 0.3 is much for an occupation that stands alone and little for one of a crowded trade, and two occupations
that share few skills by code may ask neighbouring ones. So three likenesses are taken: skills by code, skills that
have like names, names of the occupations. Each is read as a rank among all occupations, both ways; the mean says how
near two are. Two occupations are alike, in the end, as far as they are near the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final  # scipy ships no types

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from minassa.talent.matching import fold
from minassa.talent.matching.ngrams import PieceIndex
from minassa.talent.reconversion.closeness import Asked, Closeness, Vector

Table = NDArray[np.float64]
SHARPNESS: Final = 4
"""Power of a rank: the higher, the more the nearest neighbours alone make the company of an occupation."""
_BLOCK: Final = 1_000
"""Skills whose names are compared at once with all others: all of ESCO would not fit in memory."""
_DECIMALS: Final = 9
"""Of a likeness: equal ones are tied whatever the order in which they were added up."""


@dataclass(frozen=True)
class Named:
    """The names by code, all those that are known of one in one text: labels, synonyms, in any language."""

    occupations: Mapping[str, str]
    skills: Mapping[str, str]


class Nearness:
    """Likeness 0 to 1 of the occupations of a `Closeness`, in the order of their codes in `asked`.

    `likenesses`: the three it is made of, occupations by occupations: skills, related skills, names.
    """

    def __init__(self, asked: Mapping[str, Asked], closeness: Closeness, named: Named) -> None:
        """Compare all occupations once. KeyError for an occupation or a skill that has no name."""
        self._place = {code: at for at, code in enumerate(asked)}
        skills = sorted({skill for one in asked.values() for skill in one.essential | one.optional})
        self._skills = {skill: at for at, skill in enumerate(skills)}
        self._pieces = _pieces([named.skills[skill] for skill in skills])
        self._asked = self._table([closeness.vector(code) for code in asked])
        self._near = self._related(self._asked)
        names = _pieces([named.occupations[code] for code in asked])
        squares = (self._asked @ self._asked.T, self._near @ self._near.T, (names @ names.T).toarray())
        self.likenesses = tuple(np.round(square, _DECIMALS) for square in squares)
        self._company = company(places(self.likenesses))
        self._sorted = [np.sort(_self_first(square), axis=0) for square in self.likenesses]

    def between(self, one: str, other: str) -> float:
        """The likeness of two occupations by code. KeyError for a code that is not there."""
        return float(self._company[self._place[one]] @ self._company[self._place[other]])

    def square(self) -> Table:
        """The likeness of all occupations, lines and columns in their order."""
        return np.asarray(self._company @ self._company.T)

    def of_person(self, held: Vector, occupation: str) -> dict[str, float]:
        """The likeness of all occupations to someone who leaves one, with the weights of the skills that are held.

        Nothing held is like nothing.
        """
        own = self._table([held])
        if not own.any():
            return dict.fromkeys(self._place, 0.0)
        names = self.likenesses[-1][self._place[occupation]]
        rows = (self._asked @ own[0], self._near @ self._related(own)[0], names)
        seen = [_newcomer(np.round(row, _DECIMALS), columns) for row, columns in zip(rows, self._sorted, strict=True)]
        near = self._company @ company(np.mean(seen, axis=0)[None])[0]
        return dict(zip(self._place, near.tolist(), strict=True))

    def _table(self, vectors: Sequence[Vector]) -> Table:
        table = np.zeros((len(vectors), len(self._skills)))
        for at, vector in enumerate(vectors):
            for skill, weight in vector.items():
                if skill in self._skills:
                    table[at, self._skills[skill]] = weight
        return table

    def _related(self, table: Table) -> Table:
        """Weights of skills given to those with like names too, by the square of the likeness; rows of length 1."""
        found = np.zeros_like(table)
        told = np.flatnonzero(table.any(axis=0))
        for start in range(0, len(told), _BLOCK):
            some = told[start : start + _BLOCK]
            found += table[:, some] @ (self._pieces[some] @ self._pieces.T).toarray() ** 2
        return _unit(found)


def places(likenesses: Sequence[Table]) -> Table:
    """Ranks, 0 (excluded) to 1, of each occupation among all as another sees it, and back: the mean of everything."""
    ranks = [rankdata(_self_first(square), axis=1) / len(square) for square in likenesses]
    return np.asarray(np.mean([(one + one.T) / 2 for one in ranks], axis=0))


def company(near: Table, sharpness: float = SHARPNESS) -> Table:
    """What surrounds each occupation, of length 1: the places of all others, the nearest weighing most."""
    return _unit(near**sharpness)


def _pieces(names: Sequence[str]) -> Any:  # noqa: ANN401
    return PieceIndex([fold(name) for name in names]).rows


def _self_first(square: Table) -> Table:
    """The same likenesses, each occupation nearer to itself than to any other."""
    return np.where(np.eye(len(square), dtype=bool), 2.0, square)


def _newcomer(row: Table, columns: Table) -> Table:
    """The ranks of all occupations as a newcomer sees them and is seen, by the likeness to each: the mean of the two.

    `columns`: the likenesses that each occupation knows, in order.
    """
    below, until = (columns < row).sum(axis=0), (columns <= row).sum(axis=0)
    seen = np.minimum(1.0, (below + until + 1) / 2 / len(columns))
    return np.asarray((rankdata(row) / len(row) + seen) / 2)


def _unit(table: Table) -> Table:
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.where(lengths > 0, lengths, 1.0))
