"""What is known of each file of a batch while its records go by: header, totals, sums, where it stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.blocks import Block
from minassa.declarations.ebds.digits import Numbers
from minassa.declarations.ebds.figures import CEILING, MINIMUM_WAGE, UNKNOWN, amounts
from minassa.declarations.ebds.layout import (
    AF_BACK,
    AF_DEDUCT,
    AF_DUE,
    AF_NET,
    AFFILIATION,
    CATEGORY,
    CHECKSUM,
    CHILDREN,
    DAYS,
    HEADCOUNT,
    NUMBER,
    PERIOD,
    RECORD_LENGTH,
    RECORDS,
    SALARY_CAPPED,
    SALARY_REAL,
    TRANSFER,
)
from minassa.declarations.ebds.lines import firsts

CODES = tuple(f"{letter}0{rank}" if f"{letter}0{rank}" in RECORDS else "" for letter in "ABE" for rank in range(7))
"""Record types by their number in this package: family × 7 + rank."""

RANKS = 7
UNKNOWN_TYPE, BEFORE_START = 21, 22
NO_FAMILY = -1
PREETABLI, PRINCIPAL, COMPLEMENTARY = 0, 1, 2
ENDLESS = np.iinfo(np.int64).max

INSURED_SUMS = (
    HEADCOUNT,
    CHILDREN,
    AF_DUE,
    AF_DEDUCT,
    AF_NET,
    NUMBER,
    AF_BACK,
    DAYS,
    SALARY_REAL,
    SALARY_CAPPED,
    CHECKSUM,
)
ENTRANT_SUMS = (HEADCOUNT, NUMBER, DAYS, SALARY_REAL, SALARY_CAPPED, CHECKSUM)
INSURED_RANK, INSURED_TOTALS, ENTRANT_RANK, ENTRANT_TOTALS, GRAND_TOTALS = 2, 3, 4, 5, 6

_MONTHS_A_YEAR, _CENTURY, _FIRST_YEAR, _LAST_YEAR = 12, 100, 1900, 2199


class FileTable:
    """One entry per file, by its rank in the batch. Money is in centimes.

    ``incomplete``: some line could not be read, so sums prove nothing. ``left_out``: rejected lines that name nobody.
    The line of a record is 0 when it was not seen, negative when its digits cannot be read.
    """

    def __init__(self, files: int) -> None:
        self.family = np.full(files, NO_FAMILY, dtype=np.int8)
        self.previous = np.full(files, BEFORE_START, dtype=np.uint8)
        self.ends_sound = np.ones(files, dtype=np.bool_)
        self.last_line = np.zeros(files, dtype=np.int32)
        self.cut_at = np.full(files, ENDLESS, dtype=np.int64)
        self.incomplete = np.zeros(files, dtype=np.bool_)
        self.left_out = np.zeros(files, dtype=np.int64)
        self.started = np.zeros(files, dtype=np.bool_)
        self.nature_line = np.zeros(files, dtype=np.int32)
        self.transfer = np.zeros(files, dtype=np.int64)
        self.category = np.zeros((files, 2), dtype=np.uint8)
        self.header_line = np.zeros(files, dtype=np.int32)
        self.header = np.full((files, RECORD_LENGTH), ord(" "), dtype=np.uint8)
        self.affiliation = np.zeros(files, dtype=np.int32)
        self.period = np.zeros(files, dtype=np.int32)
        self.month = np.zeros(files, dtype=np.int32)
        self.issued = np.zeros(files, dtype=np.int32)
        self.due = np.zeros(files, dtype=np.int32)
        self.ceiling = np.full(files, UNKNOWN, dtype=np.int64)
        self.wage = np.full(files, UNKNOWN, dtype=np.int64)
        self.sums = {INSURED_RANK: _zeros(INSURED_SUMS, files), ENTRANT_RANK: _zeros(ENTRANT_SUMS, files)}
        self.totals: dict[int, NDArray[np.int64]] = {
            INSURED_TOTALS: _zeros(INSURED_SUMS, files),
            ENTRANT_TOTALS: _zeros(ENTRANT_SUMS, files),
            GRAND_TOTALS: _zeros(ENTRANT_SUMS, files),
        }
        self.totals_line = {rank: np.zeros(files, dtype=np.int32) for rank in self.totals}

    def keep_nature(self, block: Block) -> None:
        """Keep what the first x00 record of each file says."""
        file, at = self._first(block, self.nature_line)
        self.transfer[file] = block.numbers[TRANSFER][at]
        self.category[file] = block.rows[at, block.plan.record.field(CATEGORY).columns]

    def keep_header(self, block: Block) -> None:
        """Keep what the first x01 record of each file says, and the figures of its month."""
        file, at = self._first(block, self.header_line)
        self.header[file] = block.rows[at, :RECORD_LENGTH]
        self.affiliation[file] = block.numbers[AFFILIATION][at]
        period = block.numbers[PERIOD][at]
        self.period[file] = period
        self.month[file] = month_of_period(period)
        self.issued[file] = block.numbers["issued"][at]
        self.due[file] = block.numbers["due"][at]
        self.ceiling[file] = amounts(CEILING, self.month[file])
        self.wage[file] = amounts(MINIMUM_WAGE, self.month[file])

    def keep_totals(self, rank: int, block: Block) -> None:
        """Keep the first record of totals of each file."""
        file, at = self._first(block, self.totals_line[rank])
        for row, name in enumerate(INSURED_SUMS if rank == INSURED_TOTALS else ENTRANT_SUMS):
            if name in block.numbers:
                self.totals[rank][row, file] = block.numbers[name][at]

    def add(self, rank: int, block: Block) -> None:
        """Add persons to the sums of their files; a line that cannot be read leaves the sums incomplete."""
        self.incomplete[block.file[~block.readable]] = True
        if block.blank_number.any():
            np.add.at(self.left_out, block.file[block.blank_number & block.rejected], 1)
        names = INSURED_SUMS if rank == INSURED_RANK else ENTRANT_SUMS
        starts = np.flatnonzero(firsts(block.file))
        files = block.file[starts]
        for name, sums in zip(names, self.sums[rank], strict=True):
            if name == HEADCOUNT:
                sums[files] += np.add.reduceat(~block.blank_number, starts, dtype=np.int64)
            elif name in block.numbers:
                sums[files] += np.add.reduceat(block.numbers[name], starts)

    def _first(self, block: Block, lines: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """The files whose first such record is in the block and readable, with its row; noted in ``lines``."""
        at = np.flatnonzero(firsts(block.file) & (lines[block.file] == 0))
        lines[block.file[at]] = np.where(block.readable[at], block.line[at], -block.line[at])
        at = at[block.readable[at]]
        return block.file[at], at


def month_of_period(period: Numbers) -> NDArray[np.int32]:
    """The month index of each period AAAAMM; 0 when the calendar has no such month (or not in 1900 to 2199)."""
    year, month = period // _CENTURY, period % _CENTURY
    real = (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= _MONTHS_A_YEAR)
    return np.where(real, year * _MONTHS_A_YEAR + month - 1, 0).astype(np.int32)


def _zeros(names: tuple[str, ...], files: int) -> NDArray[np.int64]:
    return np.zeros((len(names), files), dtype=np.int64)
