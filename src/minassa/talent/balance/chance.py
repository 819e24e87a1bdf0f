"""What is not known, drawn; or left at its central value, which gives the point."""

from __future__ import annotations

import numpy as np

from minassa.talent.balance.market import Table
from minassa.talent.balance.parameters import Ranged


class Chance:
    """Draws of everything uncertain; with no generator, one draw at the centre of everything."""

    def __init__(self, draws: int = 1, seed: int | None = None) -> None:
        self.draws = draws if seed is not None else 1
        self._rng = None if seed is None else np.random.default_rng(seed)

    def normal(self, *shape: int) -> Table:
        """Standard normal numbers, `draws` by `shape`; zeros at the centre."""
        if self._rng is None:
            return np.zeros((1, *shape))
        return self._rng.standard_normal((self.draws, *shape))

    def share(self, of: Ranged) -> Table:
        """A share within its range (triangular), one for each draw: `draws` by 1 by 1."""
        low, value, high = of.share
        if self._rng is None or low == high:
            return np.full((self.draws, 1, 1), value)
        return self._rng.triangular(low, value, high, (self.draws, 1, 1))

    def counted(self, expected: Table) -> Table:
        """How many of those expected come: the chance of each is its own, never below nobody."""
        return np.maximum(0.0, expected + np.sqrt(np.maximum(expected, 0.0)) * self.normal(*expected.shape[1:]))
