"""Tables of numpy columns that grow at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_FIRST_ROOM = 1024


class Columns:
    """Columns of one length; rows are only ever added at the end.

    `table["name"]` is a view of the rows in use: it may be written to, and is void after the next `append`.
    """

    def __init__(self, **kinds: DTypeLike) -> None:
        """Start empty, with one column for each name."""
        self._columns: dict[str, NDArray[Any]] = {name: np.zeros(_FIRST_ROOM, kind) for name, kind in kinds.items()}
        self._rows = 0

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._rows

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return the rows of a column, writable in place."""
        return self._columns[name][: self._rows]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def append(self, count: int, **values: object) -> NDArray[np.int64]:
        """Add `count` rows and return their ranks; a column that is not given holds 0."""
        first, self._rows = self._rows, self._rows + count
        for name, column in self._columns.items():
            if len(column) < self._rows:
                grown = np.zeros(max(self._rows, 2 * len(column)), column.dtype)
                grown[:first] = column[:first]
                self._columns[name] = grown
            self._columns[name][first : self._rows] = values.pop(name, 0)
        if values:
            raise KeyError(*values)
        return np.arange(first, self._rows)
