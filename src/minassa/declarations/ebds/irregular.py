"""Files whose lines are not all 260 characters and one same line end: cut at each LF, one row per line all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.layout import RECORD_LENGTH
from minassa.declarations.ebds.lines import CR, LF, STRIDE, Chunk, physical_lines
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.findings import LIMIT_PER_RULE

_SEGMENT = 8 << 20
_BLOCK = 1 << 16
_AFTER_THE_END = b"\r\n\x1a"
_ASCII = 128
_BLANK = ord(" ")


@dataclass(slots=True)
class _Cursor:
    """Where the reading of one file stands."""

    file: int
    line: int = 1
    wrong: int = 0
    crlf: bool | None = None
    mixed: bool = False
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of a segment: where each starts in it, its length without line end, whether CR or LF end it."""

    segment: NDArray[np.uint8]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    crlf: NDArray[np.bool_]
    ended: NDArray[np.bool_]


def irregular_chunks(data: bytes, file: int, remarks: Remarks, rows: int) -> Iterator[Chunk]:
    """The records of a file with lines of any length, by chunks of at most ``rows``; says what is wrong with lines.

    A file with more than ``LIMIT_PER_RULE`` lines of a wrong length is left there: it is refused in any case.
    """
    cursor = _Cursor(file)
    end = _end_of_records(data)
    content = np.frombuffer(data, dtype=np.uint8)[:end]
    for segment, whole in _segments(data, content):
        lines = _lines(segment, whole=whole)
        _check_line_ends(lines, cursor, remarks)
        kept = _check_lengths(lines, cursor, remarks)
        yield from _chunks(lines, kept, cursor, rows)
        if cursor.abandoned:
            return
    if end < len(data):
        message = "Des lignes vides suivent le dernier enregistrement : supprimez-les."
        remarks.one(rules.BLANK_LINES, file, physical_lines(content) + 1, 1, message)


def _end_of_records(data: bytes) -> int:
    """Where the line end of the last line that is not empty stops."""
    stop = len(data)
    while stop and not data[max(0, stop - _BLOCK) : stop].strip(_AFTER_THE_END):
        stop = max(0, stop - _BLOCK)
    block = data[max(0, stop - _BLOCK) : stop]
    stop -= len(block) - len(block.rstrip(_AFTER_THE_END))
    for line_end in (b"\r\n", b"\n", b"\r"):
        if data.startswith(line_end, stop):
            return stop + len(line_end)
    return stop


def _segments(data: bytes, content: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.uint8], bool]]:
    """Whole lines, some megabytes at a time; True with a single line that is longer than that."""
    start, end = 0, len(content)
    while start < end:
        stop = min(start + _SEGMENT, end)
        single = False
        if stop < end:
            cut = data.rfind(b"\n", start, stop)
            single = cut < 0
            cut = data.find(b"\n", stop, end) if single else cut
            stop = end if cut < 0 else cut + 1
        yield content[start:stop], single
        start = stop


def _lines(segment: NDArray[np.uint8], *, whole: bool) -> _Lines:
    last = len(segment) - int(segment[-1] == LF)
    ends = np.array([last]) if whole else np.flatnonzero(segment == LF)
    if not len(ends) or ends[-1] < last:
        ends = np.append(ends, len(segment))
    starts = np.concatenate(([0], ends[:-1] + 1))
    crlf = (ends > starts) & (segment[ends - 1] == CR)
    return _Lines(segment, starts, ends - starts - crlf, crlf, ends < len(segment))


def _check_line_ends(lines: _Lines, cursor: _Cursor, remarks: Remarks) -> None:
    """Say once where the line end is no longer that of the first line."""
    if cursor.crlf is None:
        cursor.crlf = bool(lines.crlf[0])
    other = np.flatnonzero((lines.crlf != cursor.crlf) & lines.ended)
    if cursor.mixed or not len(other):
        return
    cursor.mixed = True
    message = "Les fins de ligne LF et CRLF sont mélangées : le fichier a sans doute été retouché."
    remarks.one(rules.LINE_ENDS, cursor.file, cursor.line + int(other[0]), RECORD_LENGTH + 1, message)


def _check_lengths(lines: _Lines, cursor: _Cursor, remarks: Remarks) -> int:
    """Say which lines do not have 260 characters; how many lines of the segment are to be read further."""
    wrong = np.flatnonzero(lines.lengths != RECORD_LENGTH)
    kept, room = len(lines.lengths), LIMIT_PER_RULE - 1 - cursor.wrong
    for at in wrong[:room].tolist():
        _say_length(lines, at, cursor, remarks)
    if len(wrong) > room:
        kept, cursor.abandoned = int(wrong[room]), True
        message = f"Plus de {room + cursor.wrong} lignes n'ont pas {RECORD_LENGTH} caractères : la suite n'est pas lue."
        remarks.one(rules.LENGTH, cursor.file, cursor.line + kept, 1, message)
    cursor.wrong += len(wrong)
    return kept


def _say_length(lines: _Lines, at: int, cursor: _Cursor, remarks: Remarks) -> None:
    length, line = int(lines.lengths[at]), cursor.line + at
    column = min(length, RECORD_LENGTH) + 1
    if length < RECORD_LENGTH and not lines.ended[at]:
        message = f"Le fichier est coupé : sa dernière ligne s'arrête après {length} caractères sur {RECORD_LENGTH}."
        remarks.one(rules.TRUNCATED, cursor.file, line, column, message)
    else:
        message = f"Ligne de {length} caractères au lieu de {RECORD_LENGTH} : produisez le fichier à nouveau."
        remarks.one(rules.LENGTH, cursor.file, line, column, message)
    start = int(lines.starts[at])
    accents = np.flatnonzero(lines.segment[start : start + min(length, _BLOCK)] >= _ASCII)
    if len(accents):
        message = "Octet hors ASCII (accent, UTF-8), qui peut décaler la ligne : écrivez sans accents."
        remarks.one(rules.NON_ASCII, cursor.file, line, int(accents[0]) + 1, message)


def _chunks(lines: _Lines, kept: int, cursor: _Cursor, rows: int) -> Iterator[Chunk]:
    for first in range(0, kept, rows):
        part = slice(first, min(first + rows, kept))
        size = part.stop - part.start
        sound = lines.lengths[part] == RECORD_LENGTH
        numbers = np.arange(cursor.line + part.start, cursor.line + part.stop, dtype=np.int32)
        yield Chunk(_matrix(lines, part, sound), np.full(size, cursor.file, dtype=np.int32), numbers, sound)
    cursor.line += kept


def _matrix(lines: _Lines, part: slice, sound: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """One row of 261 bytes per line: sound lines copied as they are, the others cut or padded with spaces."""
    starts, lengths = lines.starts[part], np.minimum(lines.lengths[part], RECORD_LENGTH)
    matrix = np.full((len(starts), STRIDE), _BLANK, dtype=np.uint8)
    if sound.any():
        matrix[sound, :RECORD_LENGTH] = sliding_window_view(lines.segment, RECORD_LENGTH)[starts[sound]]
    for row in np.flatnonzero(~sound).tolist():
        matrix[row, : lengths[row]] = lines.segment[starts[row] : starts[row] + lengths[row]]
    return matrix
