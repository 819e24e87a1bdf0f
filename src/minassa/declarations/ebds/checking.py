"""The one call that reads and checks e-BDS files: many files in, reports, headers and accepted lines out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import confrontation
from minassa.declarations.ebds.blocks import Block, read_block
from minassa.declarations.ebds.characters import check_characters
from minassa.declarations.ebds.file_controls import (
    check_empty,
    check_headers,
    check_keys,
    check_names,
    check_totals,
    complement_numbers,
)
from minassa.declarations.ebds.framing import ROWS, Framing
from minassa.declarations.ebds.headers import Headers, headers_of
from minassa.declarations.ebds.line_controls import ANNOUNCED, ENTRANT, INSURED, DatedAmounts, apply_controls
from minassa.declarations.ebds.lines import Chunk, SourceFile
from minassa.declarations.ebds.order import Types, check_ends, check_order
from minassa.declarations.ebds.people import (
    RECORD_NUMBERS,
    People,
    check_sorted,
    chosen,
    in_order,
    people_of,
    reject_duplicates,
    together,
)
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.ebds.table import CODES, INSURED_RANK, NO_FAMILY, RANKS, UNKNOWN_TYPE, FileTable
from minassa.declarations.findings import FileReport
from minassa.declarations.kinds import EBDS_COMPLEMENTARY, EBDS_PREETABLI, EBDS_PRINCIPAL, recognise

_KINDS = (EBDS_PREETABLI, EBDS_PRINCIPAL, EBDS_COMPLEMENTARY)
_CONTROLS = {"A02": ANNOUNCED, "B02": INSURED, "B04": ENTRANT, "E04": ENTRANT}
_HEAD = 65_536
_NATURE_RANK, _HEADER_RANK = 0, 1


@dataclass(frozen=True, slots=True)
class Lines:
    """Accepted lines B02, B04 and E04: one array per column, all of one length, by file then line.

    ``file_index`` is the rank of the file in the call, ``line`` its line from 1, ``month`` a month index. ``number`` is
    the immatriculation, 0 for a person without one (then ``cin`` is set, else empty) and 999999999 for casual labour,
    which is nobody in particular. ``record`` is 2 (B02), 4 (B04) or 14 (E04); salaries are in centimes; ``situation``
    is the rank of the code, ``children`` those entitled to family allowances; both 0 for entrants.
    """

    file_index: NDArray[np.int32]
    line: NDArray[np.int32]
    month: NDArray[np.int32]
    affiliation: NDArray[np.int32]
    number: NDArray[np.int64]
    cin: NDArray[np.bytes_]
    record: NDArray[np.int8]
    days: NDArray[np.int16]
    salary_real: NDArray[np.int64]
    salary_capped: NDArray[np.int64]
    situation: NDArray[np.int8]
    children: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.line)


@dataclass(frozen=True, slots=True)
class Batch:
    """What came out of some files: a report and a header per file, in the order given, and the accepted lines."""

    reports: list[FileReport]
    headers: Headers
    lines: Lines


def check_batch(files: Sequence[SourceFile], preetablis: Sequence[SourceFile] = (), *, rows: int = ROWS) -> Batch:
    """Read and check e-BDS files, any of the three kinds, all together; never raises because of what they contain.

    Declarations are compared with the préétablis of the same firm and month among ``files`` and ``preetablis`` (no
    report is made of the latter). ``rows`` is how many records are handled together: it changes the speed, never the
    result.
    """
    everything = [*files, *preetablis]
    examination = _Examination(everything, rows)
    people = examination.run()
    return examination.batch(len(files), people)


class _Examination:
    """The state of one call."""

    def __init__(self, files: list[SourceFile], rows: int) -> None:
        self._files = files
        self._remarks = Remarks(len(files))
        self._table = FileTable(len(files))
        self._framing = Framing(files, self._remarks, rows)
        self._compares = any(b"A" in data[:4] for _, data in files)

    def run(self) -> People:
        """Every control, in the order in which each has what it needs."""
        parts: list[People] = []
        for chunk in self._framing.chunks():
            parts.extend(self._chunk(chunk))
        people = together(parts)
        table, remarks = self._table, self._remarks
        check_ends(table, remarks)
        check_headers(table, remarks)
        check_names(self._files, table, complement_numbers(table), remarks)
        check_totals(table, remarks)
        reject_duplicates(people, remarks)
        check_sorted(people, remarks)
        confrontation.confront(self._files, table, people, remarks)
        return people

    def _chunk(self, chunk: Chunk) -> list[People]:
        chunk, types = check_order(chunk, self._table, self._remarks)
        present = np.flatnonzero(np.bincount(types, minlength=UNKNOWN_TYPE)[:UNKNOWN_TYPE])
        parts = [self._type(number, chunk, types) for number in present.tolist()]
        return in_order([part for part in parts if part is not None])

    def _type(self, number: int, chunk: Chunk, types: Types) -> People | None:
        """Read and check the records of one type; the persons among them."""
        at = np.flatnonzero((types == number) & chunk.sound)
        if not len(at):
            return None
        code, rank = CODES[number], number % RANKS
        rows = chunk.rows if len(at) == len(types) else np.take(chunk.rows, at, axis=0)
        block = read_block(code, rows, chunk.file[at], chunk.line[at])
        check_characters(block, self._remarks, person=code in _CONTROLS)
        if rank > _HEADER_RANK:
            check_keys(block, self._table, self._remarks)
        if code in _CONTROLS:
            return self._persons(code, rank, block)
        self._keep(rank, block)
        return None

    def _keep(self, rank: int, block: Block) -> None:
        """Records that name nobody: what they say is kept, to be compared when every line has gone by."""
        if rank == _NATURE_RANK:
            self._table.keep_nature(block)
        elif rank == _HEADER_RANK:
            self._table.keep_header(block)
        elif rank == INSURED_RANK:
            check_empty(block, self._remarks)
            self._table.add(rank, block)
        else:
            self._table.keep_totals(rank, block)

    def _persons(self, code: str, rank: int, block: Block) -> People:
        figures = DatedAmounts(self._table.ceiling[block.file], self._table.wage[block.file])
        apply_controls(_CONTROLS[code], block, figures, self._remarks)
        self._table.add(rank, block)
        compared = self._compares and rank == INSURED_RANK
        return people_of(code, block, confrontation.marks(block.rows) if compared else None)

    def batch(self, count: int, people: People) -> Batch:
        """The outcome for the first ``count`` files."""
        rejected = np.bincount(people.file[people.rejected], minlength=len(self._files)) + self._table.left_out
        reports = self._reports(count, rejected)
        kept = (people.file < count) & ~people.rejected & ~self._remarks.refused[people.file]
        kept &= people.record != RECORD_NUMBERS["A02"]
        if not kept.all():
            people = chosen(people, kept)
        return Batch(reports, headers_of(self._table, count), self._lines(people))

    def _reports(self, count: int, rejected: NDArray[np.int64]) -> list[FileReport]:
        table, lines = self._table, self._framing.lines
        refused = self._remarks.refused
        columns = (
            self._files[:count],
            table.family[:count].tolist(),
            np.where(table.header_line > 0, table.affiliation, -1)[:count].tolist(),
            table.period[:count].tolist(),
            lines[:count].tolist(),
            np.where(refused, lines, rejected)[:count].tolist(),
            refused[:count].tolist(),
        )
        return [
            FileReport(
                source.name,
                _KINDS[family] if family != NO_FAMILY else recognise(source.data[:_HEAD], source.name),
                f"{affiliation:07d}" if affiliation >= 0 else "",
                f"{period:06d}" if affiliation >= 0 else "",
                total,
                total - left_out,
                left_out,
                self._remarks.of(file),
                nothing_holds,
            )
            for file, (source, family, affiliation, period, total, left_out, nothing_holds) in enumerate(
                zip(*columns, strict=True)
            )
        ]

    def _lines(self, people: People) -> Lines:
        return Lines(
            file_index=people.file,
            line=people.line,
            month=self._table.month[people.file],
            affiliation=self._table.affiliation[people.file],
            number=people.number,
            cin=people.cin,
            record=people.record,
            days=people.days,
            salary_real=people.salary_real,
            salary_capped=people.salary_capped,
            situation=people.situation,
            children=people.children,
        )
