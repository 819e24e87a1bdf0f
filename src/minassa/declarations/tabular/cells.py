"""The cells of a sheet as text, whatever file it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Oddity:
    """A row or a heading that is wrong by its shape: rule without prefix, place, sentence; it may cost its row."""

    rule: str
    line: int
    column: int
    message: str
    rejects: bool


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of a sheet under its headings.

    `texts` has one text column per heading of the form that is read (blanks around removed), `lines` the line of each
    row in the original file, `place` the line and column of a cell from the rank of its row and its heading.
    """

    texts: pl.DataFrame
    lines: pl.Series
    place: Callable[[int, str], tuple[int, int]]
    oddities: list[Oddity] = field(default_factory=list)
