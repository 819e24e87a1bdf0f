"""How alike titles and entries are: by letters as written, by words as read, by meaning where an encoder is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from minassa.talent.matching.encoders import Encoder
from minassa.talent.matching.folding import canonical, fold
from minassa.talent.matching.ngrams import PieceIndex

WRITTEN_WEIGHT = 0.3
"""What letters as written count for; the rest goes to words as read. Fixed on titles set apart (`bench/gold`, dev)."""
MEANING_WEIGHT = 0.3
"""What meaning counts for where there is an encoder: assumed, fixed on no set yet."""


class Likeness:
    """The forms that titles are compared with."""

    def __init__(self, forms: Sequence[str], encoders: Sequence[Encoder] = ()) -> None:
        self.folded = [fold(form) for form in forms]
        self.read = [canonical(form) for form in forms]
        self._by_letters = PieceIndex(self.folded)
        self._by_words = PieceIndex(self.read)
        self._encoders = list(encoders)
        self._meanings = [encoder(forms) for encoder in self._encoders]

    def of(self, titles: Sequence[str]) -> NDArray[np.float32]:
        """Return the likeness of each title with each form, 0 to 1: a table, titles by forms."""
        letters = self._by_letters.likeness([fold(title) for title in titles])
        words = self._by_words.likeness([canonical(title) for title in titles])
        spelled = WRITTEN_WEIGHT * letters + (1 - WRITTEN_WEIGHT) * words
        if not self._encoders:
            return np.asarray(spelled, dtype=np.float32)
        meant = sum((_stretched(encoder(titles) @ known.T) for encoder, known in self._encoded()), np.float32(0))
        return np.asarray(
            (1 - MEANING_WEIGHT) * spelled + MEANING_WEIGHT * meant / len(self._encoders), dtype=np.float32
        )

    def shared(self, title: str, at: int) -> list[str]:
        """Return the pieces of words that bring a title and a form together, those that weigh most first."""
        return self._by_words.shared(canonical(title), at)

    def how(self, title: str, at: int) -> str:
        """Return `same` (written so), `same_words` (the same words once read) or `pieces` (something in common)."""
        if fold(title) == self.folded[at]:
            return "same"
        return "same_words" if sorted(canonical(title).split()) == sorted(self.read[at].split()) else "pieces"

    def _encoded(self) -> zip[tuple[Encoder, NDArray[np.float32]]]:
        return zip(self._encoders, self._meanings, strict=True)


def _stretched(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return cosines spread from 0 (the mean of the row) to 1: an encoder finds every pair of titles alike."""
    mean = cosines.mean(axis=1, keepdims=True)
    return np.asarray(np.clip((cosines - mean) / np.maximum(1 - mean, 1e-6), 0, 1), dtype=np.float32)
