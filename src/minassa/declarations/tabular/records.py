"""The records of a delimited text: where each begins, on which line, how many cells it has. Works on columns of bytes.

A separator or a line end between quotation marks belongs to its cell. Marks that stand where none may (in the middle of
a cell) spoil their line alone: then a cell may not run over several lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEWLINE, RETURN, QUOTE = b'\n\r"'


@dataclass(frozen=True, slots=True)
class Records:
    """Records of a text: first byte, byte after the last (line end left out), line from 1, cells, quotes misplaced."""

    starts: Positions
    ends: Positions
    lines: Positions
    cells: Positions
    blank: Mask
    misquoted: Mask


def split(text: bytes, separator: bytes) -> Records:
    """The records of a text whose line ends are LF or CRLF."""
    content = np.frombuffer(text, dtype=np.uint8)
    newlines: Positions = np.flatnonzero(content == NEWLINE)
    separators: Positions = np.flatnonzero(content == separator[0])
    quotes: Positions = np.flatnonzero(content == QUOTE) if b'"' in text else np.zeros(0, dtype=np.int64)
    misquoted_lines = np.zeros(0, dtype=np.int64)
    breaks = newlines
    if len(quotes):
        stray = _stray(content, quotes, separator[0])
        if stray.any() or len(quotes) % 2:
            separators, misquoted_lines = _by_line(content, newlines, separators, quotes, separator[0])
        else:
            breaks = newlines[~_inside(newlines, quotes)]
            separators = separators[~_inside(separators, quotes)]
    return _records(content, newlines, breaks, separators, misquoted_lines)


def _records(
    content: NDArray[np.uint8], newlines: Positions, breaks: Positions, separators: Positions, misquoted: Positions
) -> Records:
    starts: Positions = np.concatenate(([0], breaks + 1)).astype(np.int64)
    ends: Positions = np.concatenate((breaks, [len(content)])).astype(np.int64)
    if len(starts) and starts[-1] == len(content):
        starts, ends = starts[:-1], ends[:-1]
    returns = (ends > starts) & (content[np.maximum(ends - 1, 0)] == RETURN)
    ends = ends - returns
    found = np.searchsorted(separators, ends) - np.searchsorted(separators, starts)
    lines: Positions = np.searchsorted(newlines, starts) + 1
    return Records(starts, ends, lines, found + 1, ends - starts == found, np.isin(lines, misquoted))


def _inside(positions: Positions, quotes: Positions) -> Mask:
    """Whether each position is between quotation marks: an odd number of them stand before it."""
    inside: Mask = (np.searchsorted(quotes, positions) & 1).astype(np.bool_)
    return inside


def _stray(content: NDArray[np.uint8], quotes: Positions, separator: int) -> Mask:
    """Which marks open in the middle of a cell, or close before its end; two in a row are one mark of the text."""
    return _stray_of(content, quotes, np.arange(len(quotes)) % 2 == 0, separator)


def _stray_of(content: NDArray[np.uint8], quotes: Positions, opening: Mask, separator: int) -> Mask:
    around = np.concatenate(([NEWLINE], content, [NEWLINE]))
    before, after = around[quotes], around[quotes + 2]
    limits = np.array([separator, NEWLINE, RETURN, QUOTE])
    stray: Mask = np.where(opening, ~np.isin(before, limits), ~np.isin(after, limits))
    return stray


def _by_line(
    content: NDArray[np.uint8], newlines: Positions, separators: Positions, quotes: Positions, separator: int
) -> tuple[Positions, Positions]:
    """Separators outside marks when every line stands alone, and the lines whose marks are wrong."""
    line_of_quote = np.searchsorted(newlines, quotes)
    first_of_line = np.searchsorted(line_of_quote, line_of_quote)
    rank = np.arange(len(quotes)) - first_of_line
    stray = _stray_of(content, quotes, rank % 2 == 0, separator)
    lines, counts = np.unique(line_of_quote, return_counts=True)
    wrong = np.union1d(line_of_quote[stray], lines[counts % 2 == 1])
    line_of_separator = np.searchsorted(newlines, separators)
    before = np.searchsorted(quotes, separators) - np.searchsorted(line_of_quote, line_of_separator)
    return separators[before % 2 == 0], wrong + 1


def cell_starts(record: bytes, separator: bytes) -> list[int]:
    """The byte of a record where each of its cells begins."""
    inside, starts = False, [0]
    for at, byte in enumerate(record):
        if byte == QUOTE:
            inside = not inside
        elif byte == separator[0] and not inside:
            starts.append(at + 1)
    return starts


def cells_of(record: bytes, separator: bytes) -> list[str]:
    """The cells of one record as text, without their quotation marks and the blanks around."""
    starts = cell_starts(record, separator)
    ends = [*(start - 1 for start in starts[1:]), len(record)]
    cells = (record[start:end].decode(errors="replace").strip() for start, end in zip(starts, ends, strict=True))
    return [cell.removeprefix('"').removesuffix('"').replace('""', '"').strip() for cell in cells]
