"""e-BDS files written from columns, many at a time: totals, check sums, placeholder, order and line ends included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.declaration import Declaration, Employer, Entrants, Family, Insured
from minassa.declarations.ebds.digits import Bytes, decimals
from minassa.declarations.ebds.layout import (
    AF_BACK,
    AFFILIATION,
    CATEGORY,
    CHECKSUM,
    DAYS,
    EMPLOYER_TEXTS,
    HEADCOUNT,
    NUMBER,
    PERIOD,
    RECORD_LENGTH,
    RECORDS,
    SALARY_CAPPED,
    SALARY_REAL,
    SITUATION,
    SITUATIONS,
    TRANSFER,
    FieldType,
)
from minassa.declarations.ebds.table import ENTRANT_SUMS, INSURED_SUMS

Columns = dict[str, NDArray[Any]]
Places = NDArray[np.intp]

_BLANK, _ZERO = ord(" "), ord("0")
_GROUP = 4096
_LAST_COMPLEMENT = 9
_SITUATIONS = np.array([code.ljust(2) for code in SITUATIONS], dtype="S2")


def write(declaration: Declaration) -> bytes:
    """The bytes of one file. See ``write_many``."""
    (written,) = write_many([declaration])
    return written


def write_many(declarations: Sequence[Declaration]) -> list[bytes]:
    """The bytes of each file, in order: CRLF after each record of a préétabli, LF in declarations.

    Totals and check sums are computed. ValueError when a number does not fit its field (6 digits for a total of days:
    about 38,000 persons in one file), when the columns of a file differ in length, or when a complementary declaration
    holds insured persons or no number from 1 to 9.
    """
    written: list[bytes] = []
    for family, run in _runs(declarations):
        _refuse_impossible(run)
        written.extend(_Pages(family, run).files())
    return written


def _runs(declarations: Sequence[Declaration]) -> Iterator[tuple[Family, list[Declaration]]]:
    """Neighbouring declarations of one family, some thousands at most."""
    run: list[Declaration] = []
    for declaration in declarations:
        if run and (declaration.family is not run[0].family or len(run) == _GROUP):
            yield run[0].family, run
            run = []
        run.append(declaration)
    if run:
        yield run[0].family, run


def _refuse_impossible(run: list[Declaration]) -> None:
    for declaration in run:
        if (declaration.family is Family.COMPLEMENTARY) != (1 <= declaration.complement <= _LAST_COMPLEMENT):
            message = "a complementary declaration has a number from 1 to 9, the others have none"
            raise ValueError(message)
        if declaration.family is Family.COMPLEMENTARY and len(declaration.insured):
            message = "a complementary declaration only holds entrants"
            raise ValueError(message)
        if declaration.family is Family.PREETABLI and len(declaration.entrants):
            message = "a préétabli holds no entrants"
            raise ValueError(message)


class _Pages:
    """The records of some files of one family, as rows of one matrix."""

    def __init__(self, family: Family, declarations: list[Declaration]) -> None:
        self._family = family
        self._declarations = declarations
        self._insured = _joined(Insured, [declaration.insured for declaration in declarations])
        self._entrants = _joined(Entrants, [declaration.entrants for declaration in declarations])
        self._insured_counts = _counts([declaration.insured for declaration in declarations])
        self._entrant_counts = _counts([declaration.entrants for declaration in declarations])
        preetabli = family is Family.PREETABLI
        # A complementary declaration has one empty E02; a declaration without entrants has one empty B04 or E04.
        insured = self._insured_counts + int(family is Family.COMPLEMENTARY)
        entrants = np.maximum(self._entrant_counts, int(not preetabli))
        self._sizes = insured + entrants + (3 if preetabli else 5)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._insured_at = self._starts + 2
        self._totals_at = self._insured_at + insured
        self._entrants_at = self._totals_at + 1
        self._entrant_totals_at = self._entrants_at + entrants
        line_end = b"\r\n" if preetabli else b"\n"
        self._matrix = np.full((int(self._sizes.sum()), RECORD_LENGTH + len(line_end)), _BLANK, dtype=np.uint8)
        self._matrix[:, RECORD_LENGTH:] = np.frombuffer(line_end, dtype=np.uint8)
        self._keys: Columns = {
            AFFILIATION: _whole([declaration.employer.affiliation for declaration in declarations]),
            PERIOD: _whole([declaration.period for declaration in declarations]),
        }

    def files(self) -> list[bytes]:
        """The bytes of each file."""
        self._put_headers()
        totals = self._put_insured()
        if self._family is not Family.PREETABLI:
            self._put_entrants(totals)
        written = self._matrix.tobytes()
        stride = self._matrix.shape[1]
        ends = ((self._starts + self._sizes) * stride).tolist()
        return [written[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]

    def _put_headers(self) -> None:
        categories = [f"{self._family.letter}{declaration.complement}" for declaration in self._declarations]
        nature: Columns = {
            TRANSFER: _whole([declaration.transfer for declaration in self._declarations]),
            CATEGORY: np.array(categories, dtype="S2"),
        }
        self._put(0, self._starts, nature)
        self._put(1, self._starts + 1, self._keys | _employers([d.employer for d in self._declarations]))

    def _put_insured(self) -> Columns:
        """Write the insured persons and their totals; the totals."""
        columns, counts = dict(self._insured), self._insured_counts
        rank = columns[SITUATION].astype(np.int64)
        columns[CHECKSUM] = _checksums(columns) + columns[AF_BACK] + rank
        columns[SITUATION] = _SITUATIONS[rank]
        self._put(2, _places(self._insured_at, counts), columns | self._repeated(counts))
        if self._family is Family.COMPLEMENTARY:
            self._put(2, self._insured_at, self._keys)
        totals = _totals(INSURED_SUMS, columns, counts)
        self._put(3, self._totals_at, totals | self._keys)
        return totals

    def _put_entrants(self, insured: Columns) -> None:
        """Write the entrants, or the placeholder where there is none, then both totals."""
        columns, counts = dict(self._entrants), self._entrant_counts
        columns[CHECKSUM] = _checksums(columns)
        self._put(4, _places(self._entrants_at, counts), columns | self._repeated(counts))
        alone = counts == 0
        self._put(4, self._entrants_at[alone], {name: column[alone] for name, column in self._keys.items()})
        totals = _totals(ENTRANT_SUMS, columns, counts)
        self._put(5, self._entrant_totals_at, totals | self._keys)
        grand = {name: totals[name] + insured[name] for name in ENTRANT_SUMS}
        self._put(6, self._entrant_totals_at + 1, grand | self._keys)

    def _repeated(self, counts: Places) -> Columns:
        return {name: np.repeat(column, counts) for name, column in self._keys.items()}

    def _put(self, rank: int, places: Places, columns: Columns) -> None:
        """Write one record type. A number that is not given is 0, but the person's number, then nine spaces."""
        record = RECORDS[f"{self._family.letter}0{rank}"]
        rows = np.full((len(places), RECORD_LENGTH), _BLANK, dtype=np.uint8)
        rows[:, : len(record.code)] = np.frombuffer(record.code.encode(), dtype=np.uint8)
        for field in record.of_type(FieldType.NUMBER, FieldType.DATE):
            if field.name in columns:
                rows[:, field.columns] = decimals(columns[field.name], field.length)
            elif field.name != NUMBER:
                rows[:, field.columns] = _ZERO
        for field in record.of_type(FieldType.TEXT):
            if field.name in columns:
                rows[:, field.columns] = _padded(columns[field.name], field.length)
        self._matrix[places, :RECORD_LENGTH] = rows


def _whole(values: list[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _counts(people: Sequence[Insured | Entrants]) -> Places:
    return np.array([len(some) for some in people], dtype=np.intp)


def _joined(kind: type[Insured | Entrants], people: Sequence[Insured | Entrants]) -> Columns:
    """The columns of many files, one after the other; ValueError when those of a file differ in length."""
    names = [field.name for field in fields(kind)]
    for some in people:
        if len({len(getattr(some, name)) for name in names}) > 1:
            message = "the columns of a declaration do not have the same length"
            raise ValueError(message)
    return {name: np.concatenate([getattr(some, name) for some in people]) for name in names}


def _employers(employers: list[Employer]) -> Columns:
    columns: Columns = {"issued": _whole([e.issued for e in employers]), "due": _whole([e.due for e in employers])}
    for name in EMPLOYER_TEXTS:
        columns[name] = np.array([getattr(employer, name).encode("latin-1", "replace") for employer in employers])
    return columns


def _checksums(columns: Columns) -> NDArray[np.int64]:
    """What S_Ctr adds up in every record of a person."""
    return columns[NUMBER] + columns[DAYS] + columns[SALARY_REAL] + columns[SALARY_CAPPED]


def _totals(names: tuple[str, ...], columns: Columns, counts: Places) -> Columns:
    """The sum of each column over each file."""
    ends = np.cumsum(counts)
    totals: Columns = {HEADCOUNT: counts.astype(np.int64)}
    for name in names:
        if name != HEADCOUNT:
            running = np.concatenate(([0], np.cumsum(columns[name])))
            totals[name] = running[ends] - running[ends - counts]
    return totals


def _places(first: Places, counts: Places) -> Places:
    """The rows of each file's persons: ``counts`` of them from each ``first``."""
    places: Places = np.arange(counts.sum()) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    return places


def _padded(texts: NDArray[np.bytes_], width: int) -> Bytes:
    """Texts as rows of bytes, cut to the width and padded with spaces."""
    cut = np.ascontiguousarray(texts.astype(f"S{width}"))
    rows = cut.view(np.uint8).reshape(len(cut), width).copy()
    rows[rows == 0] = _BLANK
    return rows
