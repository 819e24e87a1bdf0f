"""Bytes of files cut into records: sound files seen in place as matrices, the others line by line.

Whatever the file, what comes out has one form: a matrix with one record per row, so that no control is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.foreign import HEADS, foreign
from minassa.declarations.ebds.irregular import irregular_chunks
from minassa.declarations.ebds.layout import RECORD_LENGTH
from minassa.declarations.ebds.lines import CR, LF, STRIDE, Chunk, SourceFile, occurrences, physical_lines
from minassa.declarations.ebds.remarks import Remarks

ROWS = 4096
"""Records handled together: about a megabyte, so that it stays near the processor."""

_SMALL = 4 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Small:
    """A small file that waits to be checked with its neighbours: as sent, as rows of 261 bytes, cut line by line."""

    file: int
    sent: bytes
    rows: bytes
    irregular: Chunk | None = None


class Framing:
    """Cuts the files of a batch, in order, into chunks of about ``rows`` records; counts their lines."""

    def __init__(self, files: Sequence[SourceFile], remarks: Remarks, rows: int = ROWS) -> None:
        self.lines = np.zeros(len(files), dtype=np.int64)
        """Lines of each file, known once its chunks have been taken."""
        self._files = files
        self._remarks = remarks
        self._rows = rows
        self._waiting: list[_Small] = []
        self._waiting_bytes = 0

    def chunks(self) -> Iterator[Chunk]:
        """Every record of every file, by file then line."""
        for file, (_, data) in enumerate(self._files):
            sent = data if data[:3] in HEADS else self._recognised(file, data)
            if sent:
                yield from self._cut(file, sent)
        yield from self._flush()

    def _cut(self, file: int, data: bytes) -> Iterator[Chunk]:
        if len(data) >= min(self._rows * STRIDE, _SMALL):
            yield from self._flush()
            yield from self._large(file, data)
            return
        rows = _as_unix(data)
        small = self._irregular(file, data) if rows is None else _Small(file, data, rows)
        self._waiting.append(small)
        self._waiting_bytes += len(small.rows)
        if self._waiting_bytes >= self._rows * STRIDE:
            yield from self._flush()

    def _recognised(self, file: int, data: bytes) -> bytes:
        """The bytes to read, without a byte order mark; none, and a remark, when this is no e-BDS file."""
        if data.startswith(_BYTE_ORDER_MARK) and data[3:6] in HEADS:
            message = "Le fichier commence par une marque UTF-8 : enregistrez-le en ASCII."
            self._remarks.one(rules.BYTE_ORDER_MARK, file, 1, 1, message)
            return data[len(_BYTE_ORDER_MARK) :]
        verdict = foreign(data)
        if verdict is None:
            return data
        rule, message = verdict
        self._remarks.one(rule, file, int(bool(data)), int(bool(data)), message)
        self.lines[file] = physical_lines(np.frombuffer(data, dtype=np.uint8))
        return b""

    def _irregular(self, file: int, data: bytes) -> _Small:
        """A small file cut line by line. Its lines are counted here: there may be more than rows."""
        self.lines[file] = physical_lines(np.frombuffer(data, dtype=np.uint8))
        chunks = list(irregular_chunks(data, file, self._remarks, rows=len(data) + 1))
        if not chunks:
            return _Small(file, data, b"")
        (chunk,) = chunks
        return _Small(file, data, chunk.rows.tobytes(), chunk)

    def _flush(self) -> Iterator[Chunk]:
        """The small files that wait, as one chunk."""
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        matrix = _matrix(waiting)
        expected = sum(len(small.rows) for small in waiting if small.irregular is None) // STRIDE
        if np.count_nonzero(matrix == LF) != expected or (matrix == CR).any():
            # A line end inside a record: some file only looks regular.
            waiting = [small if _is_regular(small) else self._irregular(small.file, small.sent) for small in waiting]
            matrix = _matrix(waiting)
        if len(matrix):
            yield self._together(waiting, matrix)

    def _together(self, waiting: list[_Small], matrix: NDArray[np.uint8]) -> Chunk:
        counts = np.array([len(small.rows) // STRIDE for small in waiting])
        starts = np.cumsum(counts) - counts
        files = np.array([small.file for small in waiting], dtype=np.int32)
        line = (np.arange(len(matrix)) - np.repeat(starts, counts) + 1).astype(np.int32)
        sound = np.ones(len(matrix), dtype=np.bool_)
        for small, start, count in zip(waiting, starts.tolist(), counts.tolist(), strict=True):
            if small.irregular is None:
                self.lines[small.file] = count
            else:
                sound[start : start + count] = small.irregular.sound
        return Chunk(matrix, np.repeat(files, counts), line, sound)

    def _large(self, file: int, data: bytes) -> Iterator[Chunk]:
        """A file that is worth chunks of its own, seen in place when it is regular."""
        content = np.frombuffer(data, dtype=np.uint8)
        self.lines[file] = physical_lines(content)
        stride = _stride(data)
        count = len(data) // stride if stride else 0
        expected = (count, (stride - STRIDE) * count)
        if not stride or (occurrences(content, LF), occurrences(content, CR)) != expected:
            yield from irregular_chunks(data, file, self._remarks, self._rows)
            return
        matrix = content[: count * stride].reshape(count, stride)
        for first in range(0, count, self._rows):
            yield _plain(matrix[first : first + self._rows], file, first + 1)
        if count * stride < len(data):
            yield _plain(content[count * stride :].reshape(1, RECORD_LENGTH), file, count + 1)


def _plain(rows: NDArray[np.uint8], file: int, first_line: int) -> Chunk:
    size = len(rows)
    line = np.arange(first_line, first_line + size, dtype=np.int32)
    return Chunk(rows, np.full(size, file, dtype=np.int32), line, np.ones(size, dtype=np.bool_))


def _matrix(waiting: list[_Small]) -> NDArray[np.uint8]:
    joined = b"".join([small.rows for small in waiting])
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, STRIDE)


def _stride(data: bytes) -> int:
    """Bytes from one record to the next when every line end stands where it should; 0 when it does not."""
    for line_end in (b"\n", b"\r\n"):
        stride = RECORD_LENGTH + len(line_end)
        count, rest = divmod(len(data), stride)
        ends = (data[RECORD_LENGTH + at :: stride] == line_end[at : at + 1] * count for at in range(len(line_end)))
        if count and rest in {0, RECORD_LENGTH} and all(ends):
            return stride
    return 0


def _as_unix(data: bytes) -> bytes | None:
    """The records with LF after each, when the line ends of the file stand where they should; else None."""
    stride = _stride(data)
    if not stride:
        return None
    if stride != STRIDE:
        count = len(data) // stride
        data = data.replace(b"\r\n", b"\n")
        if len(data) // STRIDE != count:
            return None
    return data if len(data) % STRIDE == 0 else data + b"\n"


def _is_regular(small: _Small) -> bool:
    rows = small.rows
    return small.irregular is not None or (rows.count(b"\n") == len(rows) // STRIDE and b"\r" not in rows)
