"""Texts compared by pieces of words: n-grams of 2 to 5 letters, weighted by sublinear TF-IDF, cosine between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any  # scipy ships no types

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SHORTEST, LONGEST = 2, 5


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """Return the n-grams of a word and the spaces around it, as scikit-learn's `char_wb` cuts them."""
    padded = f" {word} "
    cut: list[str] = []
    for size in range(SHORTEST, LONGEST + 1):
        cut.append(padded[:size])
        if size >= len(padded):
            break
        cut.extend(padded[at : at + size] for at in range(1, len(padded) - size + 1))
    return tuple(cut)


class PieceIndex:
    """The texts that others are compared with, as rows of weights that sum, squared, to 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        vocabulary: dict[str, int] = {}
        for text in texts:
            for word in text.split():
                for piece in pieces(word):
                    vocabulary.setdefault(piece, len(vocabulary))
        self._vocabulary = vocabulary
        self._pieces = list(vocabulary)
        counts = self._counts(texts)
        documents = np.bincount(counts.indices, minlength=len(vocabulary))
        self._idf = np.log((1 + len(texts)) / (1 + documents)) + 1
        self.rows = self._weighted(counts)

    def vectors(self, texts: Iterable[str]) -> Any:  # noqa: ANN401
        """Return the weights of other texts: a sparse row each, over the pieces known here."""
        return self._weighted(self._counts(list(texts)))

    def likeness(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """Return the cosine of each text with each indexed one: 0 (nothing shared) to 1."""
        return np.asarray((self.vectors(texts) @ self.rows.T).todense(), dtype=np.float32)

    def shared(self, text: str, row: int, most: int = 6) -> list[str]:
        """Return the pieces that bring a text and an indexed one together, heaviest first, none inside another."""
        product = self.vectors([text]).multiply(self.rows[row]).tocoo()
        kept: list[str] = []
        for at in np.argsort(-product.data * [len(self._pieces[col]) for col in product.col], kind="stable"):
            piece = self._pieces[product.col[at]].strip()
            if len(piece) > 1 and not any(piece in other or other in piece for other in kept):
                kept.append(piece)
        return kept[:most]

    def _counts(self, texts: Sequence[str]) -> Any:  # noqa: ANN401
        columns: list[int] = []
        values: list[int] = []
        starts = [0]
        known = self._vocabulary
        for text in texts:
            counted = Counter(piece for word in text.split() for piece in pieces(word))
            for piece, times in counted.items():
                column = known.get(piece)
                if column is not None:
                    columns.append(column)
                    values.append(times)
            starts.append(len(columns))
        shape = (len(texts), len(known))
        return sparse.csr_matrix(
            (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int64), starts), shape=shape
        )

    def _weighted(self, counts: Any) -> Any:  # noqa: ANN401
        weights = counts.copy()
        weights.data = (1 + np.log(weights.data)) * self._idf[weights.indices]
        norms = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
        norms[norms == 0] = 1
        return (sparse.diags(1 / norms) @ weights).tocsr()
