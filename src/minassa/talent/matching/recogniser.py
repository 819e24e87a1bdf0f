"""Titles recognised: the occupations they may be, in order, how sure the first is, and why each is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.talent.matching.calibration import Calibration, calibration_in_force, evidence
from minassa.talent.matching.encoders import Encoder
from minassa.talent.matching.entries import Concept, Entry, Lexicon
from minassa.talent.matching.likeness import Likeness

TIE = 1e-3
"""Where two unit groups are as alike as this, as an acronym of both is, a person chooses."""
NEAREST = 5
AT_ONCE = 512
"""Titles compared together: their likeness with every entry is one dense table."""


@dataclass(frozen=True)
class Candidate:
    """An occupation that a title may be, with the entry that says so.

    `likeness` is between 0 and 1. `how`: `same` (an entry is written so), `same_words` (the same once read), `pieces`
    (pieces of words in common, listed in `pieces`).
    """

    concept: Concept
    entry: Entry
    likeness: float
    how: str
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """What became of a title: candidates in order, how sure the first is (0 to 1), whether a person must look."""

    title: str
    candidates: tuple[Candidate, ...]
    confidence: float
    evidence: float
    abstained: bool

    @property
    def best(self) -> Candidate | None:
        """The first candidate where the answer is given, else nothing."""
        return None if self.abstained or not self.candidates else self.candidates[0]


class Recogniser:
    """Recognises titles against the entries of a lexicon."""

    def __init__(
        self, lexicon: Lexicon, calibration: Calibration | None = None, encoders: Sequence[Encoder] = ()
    ) -> None:
        self.lexicon = lexicon
        self.calibration = calibration or calibration_in_force()
        self._entries = sorted(lexicon.entries, key=lambda entry: entry.concept)
        keys = [entry.concept for entry in self._entries]
        self._starts = [at for at, key in enumerate(keys) if at == 0 or keys[at - 1] != key]
        self.concepts = [lexicon.concepts[keys[at]] for at in self._starts]
        self._groups = np.array([concept.isco for concept in self.concepts])
        self._entry_groups = np.array([lexicon.concepts[key].isco for key in keys])
        self._trust = np.array([entry.trust for entry in self._entries], dtype=np.float32)
        self._alike = Likeness([entry.form for entry in self._entries], encoders)

    def recognise(self, titles: Sequence[str], most: int = 5, *, why: bool = True) -> list[Recognition]:
        """Return what becomes of each title, with at most `most` candidates each; an empty title has none.

        Without `why`, the pieces of words in common are not told, which is quicker.
        """
        known: dict[str, Recognition] = {}
        distinct = list(dict.fromkeys(titles))
        for at in range(0, len(distinct), AT_ONCE):
            some = distinct[at : at + AT_ONCE]
            likeness = self._alike.of(some) * self._trust
            for row, title in enumerate(some):
                known[title] = self._one(title, likeness[row], most, why=why)
        return [known[title] for title in titles]

    def _one(self, title: str, likeness: NDArray[np.float32], most: int, *, why: bool) -> Recognition:
        by_concept = np.maximum.reduceat(likeness, self._starts)
        order = np.argsort(-by_concept, kind="stable")[: max(most, 1)]
        order = order[by_concept[order] > 0]
        if not order.size:
            return Recognition(title, (), 0.0, 0.0, abstained=True)
        group = self._groups[order[0]]
        first = float(by_concept[order[0]])
        lead = first - float(by_concept[self._groups != group].max(initial=0.0))
        nearest = np.argpartition(-likeness, NEAREST)[:NEAREST] if len(likeness) > NEAREST else slice(None)
        strength = evidence(first, lead, float(np.mean(self._entry_groups[nearest] == group)))
        return Recognition(
            title,
            tuple(self._candidate(title, likeness, int(concept), why=why) for concept in order),
            self.calibration.confidence(strength),
            strength,
            abstained=strength < self.calibration.least or lead < TIE,
        )

    def _candidate(self, title: str, likeness: NDArray[np.float32], concept: int, *, why: bool) -> Candidate:
        start = self._starts[concept]
        end = self._starts[concept + 1] if concept + 1 < len(self._starts) else len(self._entries)
        at = start + int(np.argmax(likeness[start:end]))
        found = self.concepts[concept]
        how = self._alike.how(title, at)
        pieces = tuple(self._alike.shared(title, at)) if why and how == "pieces" else ()
        return Candidate(found, self._entries[at], float(likeness[at]), how, pieces)
