"""The cells of sheets as text, whatever files they came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

Place = Callable[[int, str], tuple[int, int]]
"""Line and column of a cell, from the rank of its row among those of its file and its heading."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """A row or a heading that is wrong by its shape: rule without prefix, place, sentence; it may cost its row."""

    rule: str
    line: int
    column: int
    message: str
    rejects: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What one file holds but for the texts: the line of each row in it, where its cells stand, what is odd."""

    lines: NDArray[np.int64]
    place: Place
    oddities: list[Oddity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of one or more files of a form.

    `texts` has one text column per heading of the form that is read (blanks around removed); `files` is the rank of
    each row's file among `outlines`, `rows` the rank of the row among those of its file.
    """

    texts: pl.DataFrame
    files: NDArray[np.int64]
    rows: NDArray[np.int64]
    outlines: Sequence[Outline]

    @property
    def lines(self) -> NDArray[np.int64]:
        """The line of each row in its own file."""
        starts = np.cumsum([0, *(len(each.lines) for each in self.outlines)])
        every = np.concatenate([*(each.lines for each in self.outlines), np.zeros(0, dtype=np.int64)])
        return every[starts[self.files] + self.rows].astype(np.int64)

    def place(self, row: int, heading: str) -> tuple[int, int]:
        """Line and column of a cell in its own file."""
        return self.outlines[int(self.files[row])].place(int(self.rows[row]), heading)

    def only(self, kept: NDArray[np.bool_]) -> Cells:
        """The rows that are kept."""
        if kept.all():
            return self
        return Cells(self.texts.filter(pl.Series(kept)), self.files[kept], self.rows[kept], self.outlines)
