"""What is read (a file with its name) and what it is cut into (chunks of records)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.layout import RECORD_LENGTH

LF, CR = 10, 13
STRIDE = RECORD_LENGTH + 1
"""Bytes from one record to the next when lines end with LF."""

# Below this size the allocator gives the same memory again, already in the processor's cache.
_PIECE = 1 << 16


class SourceFile(NamedTuple):
    """A file as it was sent: its name (a path is allowed; empty when it has none) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records of some files, in order: ``rows`` holds one record a row, in its first 260 columns.

    ``file`` is the rank of the file in the batch, ``line`` the line in the file, from 1. ``sound`` is False where the
    line did not have 260 characters: its row is then padded or cut, and only its type may be looked at.
    """

    rows: NDArray[np.uint8]
    file: NDArray[np.int32]
    line: NDArray[np.int32]
    sound: NDArray[np.bool_]

    def only(self, kept: NDArray[np.bool_]) -> Chunk:
        """The chunk without the rows that are not ``kept``."""
        return Chunk(self.rows[kept], self.file[kept], self.line[kept], self.sound[kept])


def occurrences(data: NDArray[np.uint8], byte: int) -> int:
    """How many bytes of this value there are, in bounded memory."""
    pieces = range(0, len(data), _PIECE)
    return sum(int(np.count_nonzero(data[start : start + _PIECE] == byte)) for start in pieces)


def physical_lines(data: NDArray[np.uint8]) -> int:
    """How many lines there are, the last one counting without its line end too."""
    unfinished = len(data) > 0 and data[-1] != LF
    return occurrences(data, LF) + int(unfinished)


def firsts(groups: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whether each entry is the first of its run of equal values."""
    first = np.ones(len(groups), dtype=np.bool_)
    np.not_equal(groups[1:], groups[:-1], out=first[1:])
    return first
