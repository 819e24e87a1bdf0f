"""Draws that can be redrawn: one stream of random numbers per subject, whatever the order of the work."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BASIS = 10_000
"""Chances and shares are whole basis points of this."""


def stream(seed: int, *subject: int | str) -> np.random.Generator:
    """Return the stream of random numbers of a subject, such as `stream(seed, "basin", 3)`."""
    words = [crc32(word.encode()) if isinstance(word, str) else word for word in subject]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def chance(rng: np.random.Generator, size: int, basis_points: float | NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return `size` draws that are true with the given chance, in basis points (one for all, or one each)."""
    return rng.random(size) * BASIS < basis_points


def whole(rng: np.random.Generator, expected: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return whole numbers whose means are the expected ones: each is rounded up or down by chance."""
    return np.floor(expected + rng.random(len(expected))).astype(np.int64)


def share_out(rng: np.random.Generator, weights: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    """Return `size` ranks drawn in proportion to the weights."""
    reached = np.cumsum(weights)
    ranks = np.searchsorted(reached, rng.random(size) * reached[-1], side="right")
    return np.asarray(np.minimum(ranks, len(weights) - 1), np.int64)
