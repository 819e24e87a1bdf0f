"""Bytes of files cut into records: sound files seen in place as matrices, the others line by line.

Whatever the file, what comes out has one form: a matrix with one record per row, so that no control is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.foreign import HEADS, foreign
from minassa.declarations.ebds.irregular import irregular_chunks
from minassa.declarations.ebds.layout import RECORD_LENGTH
from minassa.declarations.ebds.lines import CR, LF, STRIDE, Chunk, SourceFile, occurrences, physical_lines
from minassa.declarations.ebds.remarks import Remarks

ROWS = 16_384
"""Records handled together: about four megabytes, so that they stay near the processor."""

_SMALL = 4 << 20
_LINE_ENDS = ((STRIDE, b"\n"), (STRIDE + 1, b"\r\n"))
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Framing:
    """Cuts the files of a batch, in order, into chunks of about ``rows`` records; counts their lines."""

    def __init__(self, files: Sequence[SourceFile], remarks: Remarks, rows: int = ROWS) -> None:
        self.lines = np.zeros(len(files), dtype=np.int64)
        """Lines of each file, known once its chunks have been taken."""
        self._files = files
        self._remarks = remarks
        self._rows = rows
        # Small files that wait to be checked with their neighbours: their ranks, their records with LF after each, and,
        # for those that had to be cut line by line, how that went.
        self._ranks: list[int] = []
        self._waiting: list[bytes] = []
        self._irregular: dict[int, NDArray[np.bool_]] = {}

    def chunks(self) -> Iterator[Chunk]:
        """Every record of every file, by file then line."""
        most = self._rows * STRIDE
        small = min(most, _SMALL)
        size = 0
        for file, (_, data) in enumerate(self._files):
            sent = data if data[:3] in HEADS else self._recognised(file, data)
            if len(sent) >= small:
                yield from self._flush()
                yield from self._large(file, sent)
                size = 0
            elif sent:
                size += self._wait(file, sent)
                if size >= most:
                    yield from self._flush()
                    size = 0
        yield from self._flush()

    def _wait(self, file: int, data: bytes) -> int:
        """Put a small file aside; how many bytes of records it adds."""
        # Whole records, if the line ends stand in place: that is looked at for all the files that wait at once.
        rows = data if not len(data) % STRIDE else _as_unix(data)
        if rows is None:
            rows = self._line_by_line(file, data)
        self._ranks.append(file)
        self._waiting.append(rows)
        return len(rows)

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

    def _line_by_line(self, file: int, data: bytes) -> bytes:
        """The records of a small irregular file. Its lines are counted here: there may be more than records."""
        self.lines[file] = physical_lines(np.frombuffer(data, dtype=np.uint8))
        chunks = list(irregular_chunks(data, file, self._remarks, rows=len(data) + 1))
        self._irregular[file] = np.concatenate([np.zeros(0, dtype=np.bool_), *(chunk.sound for chunk in chunks)])
        return b"".join(chunk.rows.tobytes() for chunk in chunks)

    def _flush(self) -> Iterator[Chunk]:
        """The small files that wait, as one chunk."""
        ranks, waiting, self._ranks, self._waiting = self._ranks, self._waiting, [], []
        joined = b"".join(waiting)
        odd = sum(len(sound) for sound in self._irregular.values())
        expected = len(joined) // STRIDE - odd
        content = np.frombuffer(joined, dtype=np.uint8)
        in_place = np.count_nonzero(content[RECORD_LENGTH::STRIDE] == LF)
        if in_place != expected or occurrences(content, LF) != expected or b"\r" in joined:
            # A line end elsewhere than after a record: some file only looks regular.
            waiting = [self._made_sure(file, rows) for file, rows in zip(ranks, waiting, strict=True)]
            joined = b"".join(waiting)
        if joined:
            matrix = np.frombuffer(joined, dtype=np.uint8).reshape(-1, STRIDE)
            yield self._together(ranks, waiting, matrix)
        self._irregular = {}

    def _made_sure(self, file: int, rows: bytes) -> bytes:
        if file in self._irregular:
            return rows
        data = self._files[file].data.removeprefix(_BYTE_ORDER_MARK)
        unix = _as_unix(data)
        if unix is not None and unix.count(b"\n") == len(unix) // STRIDE and b"\r" not in unix:
            return unix
        return self._line_by_line(file, data)

    def _together(self, ranks: list[int], waiting: list[bytes], matrix: NDArray[np.uint8]) -> Chunk:
        counts = np.array([len(rows) for rows in waiting]) // STRIDE
        starts = np.cumsum(counts) - counts
        files = np.array(ranks, dtype=np.int32)
        line = (np.arange(len(matrix)) - np.repeat(starts, counts) + 1).astype(np.int32)
        sound = np.ones(len(matrix), dtype=np.bool_)
        regular = np.ones(len(files), dtype=np.bool_)
        for file, sound_lines in self._irregular.items():
            at = int(np.searchsorted(files, file))
            regular[at] = False
            sound[starts[at] : starts[at] + counts[at]] = sound_lines
        self.lines[files[regular]] = counts[regular]
        return Chunk(matrix, np.repeat(files, counts), line, sound)

    def _large(self, file: int, data: bytes) -> Iterator[Chunk]:
        """A file that is worth chunks of its own, seen in place when it is regular."""
        content = np.frombuffer(data, dtype=np.uint8)
        line_feeds = occurrences(content, LF)
        self.lines[file] = line_feeds + int(content[-1] != LF)
        stride = _stride(data)
        count = len(data) // stride if stride else 0
        if not stride or line_feeds != count or _returns(data, content) != (stride - STRIDE) * count:
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


def _returns(data: bytes, content: NDArray[np.uint8]) -> int:
    """How many CR there are. None is the usual case, and found out much faster than a number."""
    return occurrences(content, CR) if b"\r" in data else 0


def _stride(data: bytes) -> int:
    """Bytes from one record to the next when every line end stands where it should; 0 when it does not."""
    for stride, line_end in _LINE_ENDS:
        count, rest = divmod(len(data), stride)
        if (
            (not rest or rest == RECORD_LENGTH)
            and count
            and data[RECORD_LENGTH::stride] == line_end[:1] * count
            and (stride == STRIDE or data[stride - 1 :: stride] == line_end[-1:] * count)
        ):
            return stride
    return 0


def _as_unix(data: bytes) -> bytes | None:
    """The records with LF after each, when the line ends of the file stand where they should; else None."""
    stride = _stride(data)
    if stride == STRIDE:
        return data if not len(data) % STRIDE else data + b"\n"
    if not stride:
        return None
    unix = data.replace(b"\r\n", b"\n")
    if len(unix) // STRIDE != len(data) // stride:
        return None
    return unix if not len(unix) % STRIDE else unix + b"\n"
