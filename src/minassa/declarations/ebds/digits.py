"""Fixed-width decimal fields of many records read at once, eight digits at a time.

A field is cut from its right into windows of eight bytes; each window is one 64-bit word per record, and three
multiplications turn the eight digits of a word into their number, for all records and all windows together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.layout import Field

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_WINDOW = 8
_BYTE = 8
_NIBBLES = 0x0F0F0F0F0F0F0F0F
_LITTLE = np.dtype("<u8")

# Each step joins neighbouring groups of 1, 2, then 4 digits: multiply, shift, keep every other group.
_PAIRS, _PAIRS_SHIFT, _PAIRS_KEPT = np.uint64(2561), np.uint64(8), np.uint64(0x00FF00FF00FF00FF)
_FOURS, _FOURS_SHIFT, _FOURS_KEPT = np.uint64(6553601), np.uint64(16), np.uint64(0x0000FFFF0000FFFF)
_EIGHT, _EIGHT_SHIFT = np.uint64(42949672960001), np.uint64(32)

# Weights 2, 1, 2, 1… on the last eight digits, read back in the highest byte of the product (at most 108).
_KEY_WEIGHTS, _KEY_SHIFT, _TEN = np.uint64(0x0201020102010201), np.uint64(56), np.uint64(10)


@dataclass(frozen=True, slots=True)
class DigitPlan:
    """How to read the decimal fields of one record type: where the windows start, and what each weighs."""

    offsets: tuple[int, ...]
    masks: NDArray[np.uint64]
    parts: dict[str, tuple[tuple[int, int], ...]]

    def words(self, rows: Bytes) -> NDArray[np.uint64]:
        """The digits of each window (first axis) of each record (second axis), a digit a byte, others zeroed."""
        words = np.empty((len(self.offsets), len(rows)), dtype=_LITTLE)
        for word, offset in zip(words, self.offsets, strict=True):
            word[:] = rows[:, offset : offset + _WINDOW].view(_LITTLE)[:, 0]
        words &= self.masks
        return words

    def numbers(self, words: NDArray[np.uint64]) -> dict[str, Numbers]:
        """Each field as int64, ``words`` being used up. A field of 19 digits may wrap: compare it, do not order it."""
        parts = _numbers(words)
        read = {}
        for name, windows in self.parts.items():
            (first, _), *others = windows
            value = parts[first]
            for window, weight in others:
                value = value + parts[window] * np.uint64(weight)
            read[name] = value.view(np.int64)
        return read


def plan(fields: tuple[Field, ...]) -> DigitPlan:
    """The plan that reads these fields, all of them decimal."""
    offsets: list[int] = []
    masks: list[int] = []
    parts: dict[str, tuple[tuple[int, int], ...]] = {}
    for field in fields:
        windows = []
        for read in range(0, field.length, _WINDOW):
            kept = min(_WINDOW, field.length - read)
            windows.append((len(offsets), 10**read))
            offsets.append(field.end - read - _WINDOW)
            masks.append(_NIBBLES >> _BYTE * (_WINDOW - kept) << _BYTE * (_WINDOW - kept))
        parts[field.name] = tuple(windows)
    return DigitPlan(tuple(offsets), np.array(masks, dtype=np.uint64)[:, None], parts)


def _numbers(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    words *= _PAIRS
    words >>= _PAIRS_SHIFT
    words &= _PAIRS_KEPT
    words *= _FOURS
    words >>= _FOURS_SHIFT
    words &= _FOURS_KEPT
    words *= _EIGHT
    words >>= _EIGHT_SHIFT
    return words


def key_fails(last_digits: NDArray[np.uint64]) -> Mask:
    """Whether the control key of an immatriculation is wrong, from the word of its last eight digits.

    The same rule as ``vocabulary.identifiers.immatriculation_key_holds`` (the first digit is not in the sum), without
    a division per digit.
    """
    failing: Mask = ((last_digits * _KEY_WEIGHTS) >> _KEY_SHIFT) % _TEN != 0
    return failing


def decimals(values: Numbers, width: int) -> Bytes:
    """Whole numbers as rows of ``width`` ASCII digits, padded with 0; ValueError when one does not fit.

    A negative number never fits.
    """
    if values.size and (values.min() < 0 or values.max() >= 10**width):
        message = f"a number does not fit in {width} digits"
        raise ValueError(message)
    written = np.empty((len(values), width), dtype=np.uint8)
    rest = values
    for column in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        written[:, column] = digit
    written += np.uint8(ord("0"))
    return written
