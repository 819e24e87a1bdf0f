"""Records of one type, read: their numbers, what could not be read, and what the controls say of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.digits import Bytes, DigitPlan, Mask, Numbers, plan
from minassa.declarations.ebds.layout import (
    AFFILIATION,
    NUMBER,
    RECORDS,
    SITUATION,
    SITUATIONS,
    FieldType,
    Record,
)
from minassa.declarations.ebds.lines import STRIDE

_ZERO, _NINE, _BLANK = ord("0"), 9, ord(" ")
_ANYTHING = 255
_MAY_BE_NOBODY = ("E02", "B04", "E04")
_MAY_LACK_AFFILIATION = "E04"
UNKNOWN_SITUATION = -1
SLICE = 480
"""The most records whose characters are looked at together: what that takes stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How records of one type are read: allowed bytes by column, where text stands, the plan of the digits.

    ``lowest`` and ``spread`` hold `SLICE` records end to end, each with its LF, about which nothing is said.
    """

    record: Record
    lowest: Bytes
    spread: Bytes
    columns: dict[FieldType, NDArray[np.intp]]
    text: slice
    digits: DigitPlan


@dataclass(slots=True)
class Block:
    """Records of one type, one per row, with what was read of them.

    ``numbers`` hold the decimal fields by name; where ``readable`` is False some digit is not one, and they mean
    nothing. ``blank_number``: the number is nine spaces (nobody). ``rejected``: some control leaves the line out.
    """

    plan: Plan
    rows: Bytes
    file: NDArray[np.int32]
    line: NDArray[np.int32]
    numbers: dict[str, Numbers]
    number_word: NDArray[np.uint64]
    blank_number: Mask
    blank_affiliation: Mask
    situation: NDArray[np.int8]
    readable: Mask = field(init=False)
    number_readable: Mask = field(init=False)
    rejected: Mask = field(init=False)

    def __post_init__(self) -> None:
        """Until a control says otherwise every row is readable and kept."""
        self.readable = np.ones(len(self.rows), dtype=np.bool_)
        self.number_readable = self.readable
        self.rejected = np.zeros(len(self.rows), dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.rows)

    def start(self, name: str) -> int:
        """First column of a field, from 1."""
        return self.plan.record.field(name).start

    def text(self, name: str, rows: NDArray[np.intp]) -> NDArray[np.bytes_]:
        """A text field of some rows, as bytes without the spaces on its right."""
        return texts(self.rows[rows], self.plan.record, name)


def texts(rows: Bytes, record: Record, name: str) -> NDArray[np.bytes_]:
    """A field of each record as bytes, without the spaces on its right."""
    field_ = record.field(name)
    raw = np.ascontiguousarray(rows[:, field_.columns]).view(f"S{field_.length}")[:, 0]
    return np.strings.rstrip(raw, b" ")


@cache
def reading_plan(code: str) -> Plan:
    """The plan of a record type."""
    record = RECORDS[code]
    lowest, spread = np.zeros(STRIDE, dtype=np.uint8), np.full(STRIDE, _ANYTHING, dtype=np.uint8)
    columns = {}
    for type_ in (FieldType.NUMBER, FieldType.DATE, FieldType.BLANK):
        blank = type_ is FieldType.BLANK
        for field_ in record.of_type(type_):
            lowest[field_.columns], spread[field_.columns] = (_BLANK, 0) if blank else (_ZERO, _NINE)
        ranges = [np.arange(f.start - 1, f.end, dtype=np.intp) for f in record.of_type(type_)]
        columns[type_] = np.concatenate([*ranges, np.empty(0, dtype=np.intp)])
    # The situation is left out: it is compared with its table of codes.
    written = [f for f in record.of_type(FieldType.TEXT) if f.name != SITUATION]
    text = slice(written[0].start - 1, written[-1].end) if written else slice(0, 0)
    digits = plan(record.of_type(FieldType.NUMBER, FieldType.DATE))
    return Plan(record, np.tile(lowest, SLICE), np.tile(spread, SLICE), columns, text, digits)


@cache
def _situation_ranks() -> NDArray[np.int8]:
    """The rank of a situation by its two bytes as one number."""
    ranks = np.full(1 << 16, UNKNOWN_SITUATION, dtype=np.int8)
    for rank, code in enumerate(SITUATIONS):
        ranks[int.from_bytes(code.ljust(2).encode(), "little")] = rank
    return ranks


def read_block(code: str, rows: Bytes, file: NDArray[np.int32], line: NDArray[np.int32]) -> Block:
    """Read records of one type. Nine spaces for a number and seven for an affiliation read as 0, where allowed."""
    how = reading_plan(code)
    nobody = np.zeros(len(rows), dtype=np.bool_)
    blank_number, blank_affiliation = nobody, nobody
    if code in _MAY_BE_NOBODY:
        rows, blank_number = _filled(rows, how.record, NUMBER)
    if code == _MAY_LACK_AFFILIATION:
        rows, blank_affiliation = _filled(rows, how.record, AFFILIATION)
    words = how.digits.words(rows)
    number_word = words[how.digits.parts[NUMBER][0][0]].copy() if NUMBER in how.digits.parts else words[0]
    situation = np.zeros(len(rows), dtype=np.int8)
    if code[0] != "A" and code[2] == "2":
        written = rows[:, how.record.field(SITUATION).columns].view("<u2")[:, 0]
        situation = _situation_ranks()[written]
    numbers = how.digits.numbers(words)
    return Block(how, rows, file, line, numbers, number_word, blank_number, blank_affiliation, situation)


def _filled(rows: Bytes, record: Record, name: str) -> tuple[Bytes, Mask]:
    """The rows with zeros where this number is only spaces, and which ones these are."""
    columns = record.field(name).columns
    first = rows[:, columns.start] == _BLANK
    if not first.any():
        return rows, first
    blank: Mask = (rows[:, columns] == _BLANK).all(axis=1)
    rows = rows.copy()
    rows[blank, columns] = _ZERO
    return rows, blank


def is_blank(block: Block, name: str) -> Mask:
    """Whether a text field is only spaces."""
    written = block.rows[:, block.plan.record.field(name).columns]
    blank: Mask = written[:, 0] == _BLANK
    if blank.any():
        blank = blank & (written == _BLANK).all(axis=1)
    return blank
