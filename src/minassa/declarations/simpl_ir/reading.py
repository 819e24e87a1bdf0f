"""Statements of salaries (SIMPL-IR, état 9421) read from end to end: rows for the lake, and a report for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from minassa.declarations.findings import FileReport, Finding, Severity
from minassa.declarations.kinds import SIMPL_IR_9421
from minassa.declarations.simpl_ir.header import Header, read_header
from minassa.declarations.simpl_ir.layout import PAYMENTS, ROOT
from minassa.declarations.simpl_ir.members import Members, members_of
from minassa.declarations.simpl_ir.payments import Payments, read_payments
from minassa.declarations.simpl_ir.people import FILE, OFFSET, ROW_SCHEMA, Sums, check, read_values, sums
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.plain import PlainStatement, plain_statement
from minassa.declarations.simpl_ir.refusals import Refused
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.declarations.simpl_ir.sources import Limits, check_prologue, opened
from minassa.declarations.simpl_ir.totals import Books, check_totals
from minassa.declarations.simpl_ir.walk import BATCH, Batch, Walk

_DOUBLE: Final = "Ce numéro CNSS est déjà dans la même liste : réunissez les deux lignes si c'est la même période."


@dataclass(frozen=True, slots=True)
class SimplIrFile:
    """A statement once read: its header, the rows that may take effect (`people.ROW_SCHEMA`), what was found."""

    header: Header
    rows: pl.DataFrame
    report: FileReport


class SimplIrFiles(NamedTuple):
    """Statements once read: header and report of each, and the rows of all (the columns of one, and `file`)."""

    headers: list[Header]
    rows: pl.DataFrame
    reports: list[FileReport]


@dataclass(slots=True)
class _Reading:
    """What one file has given so far."""

    remarks: Remarks = field(default_factory=Remarks)
    books: Books = field(default_factory=Books)
    payments: Payments = field(init=False)
    rejected: int = 0
    header: Header = field(default_factory=Header)
    refusal: Finding | None = None
    walk: Walk | PlainStatement | None = None

    def __post_init__(self) -> None:
        """Payments are told to the same remarks."""
        self.payments = Payments(self.remarks)


def read(name: str, source: bytes | Path, limits: Limits | None = None) -> SimplIrFile:
    """Read and check a statement, plain or zipped, in memory that depends on its rows alone.

    `person` in the rows is the CNSS number itself (0 unknown) and `cin` the identity or residence card, capitals and
    digits only: the lake turns them into a pseudonym. Amounts are centimes. A file that breaks a structural rule is
    refused: it gives no row. Raises OSError when a path cannot be opened, and nothing about the content.
    """
    (header,), rows, (report,) = read_together([(name, source)], limits)
    return SimplIrFile(header, rows.drop(FILE), report)


def read_together(files: Sequence[tuple[str, bytes | Path]], limits: Limits | None = None) -> SimplIrFiles:
    """Read and check statements, each with its name, as `read` does; no one depends on those read with it."""
    readings = [_Reading() for _ in files]
    lists = _Lists(readings)
    limits = limits or Limits()
    for rank, ((_, source), reading) in enumerate(zip(files, readings, strict=True)):
        try:
            with opened(source, limits) as stream:
                check_prologue(stream)
                reading.walk = plain_statement(source) if isinstance(source, bytes) else None
                reading.walk = reading.walk or Walk(stream)
                for batch in reading.walk.batches():
                    lists.add(rank, batch)
        except Refused as refused:
            reading.refusal = refused.finding
    rows = lists.rows()
    reports = []
    for (name, source), reading in zip(files, readings, strict=True):
        report = FileReport(name, SIMPL_IR_9421, refused=not _is_sound(reading))
        reports.append(_finished(report, reading))
        if reading.refusal is None and reading.remarks:
            with opened(source, limits) as stream:
                report.findings = reading.remarks.placed(stream)
    return SimplIrFiles([reading.header for reading in readings], _kept(rows, readings, reports), reports)


class _Lists:
    """The members of lists of all the files, waiting to be read together list by list."""

    def __init__(self, readings: Sequence[_Reading]) -> None:
        self._readings = readings
        self._remarks = [reading.remarks for reading in readings]
        self._waiting: dict[str, list[tuple[int, Batch]]] = {}
        self._members = 0
        self._frames: list[pl.DataFrame] = []

    def add(self, file: int, batch: Batch) -> None:
        self._waiting.setdefault(batch.section.tag, []).append((file, batch))
        self._members += len(batch.rows)
        if self._members >= BATCH:
            self._read()

    def rows(self) -> pl.DataFrame:
        """The persons who may take effect, of files that may still be refused; doubles are noted."""
        self._read()
        if not self._frames:
            return pl.DataFrame()
        rows = pl.concat(self._frames)
        known = rows.filter(pl.col("person") > 0).sort(FILE, OFFSET)
        # The same CNSS number twice in one list: kept, since somebody may have left and come back.
        twice = known.filter(~pl.struct(FILE, "category", "person").is_first_distinct())
        for file, offset in twice.select(FILE, OFFSET).iter_rows():
            self._remarks[file].add("SIMPL-DOUBLON", Severity.WARN, Spot(offset, "numCNSS"), _DOUBLE)
        return rows

    def _read(self) -> None:
        for batches in self._waiting.values():
            members = members_of(batches, self._remarks)
            for file, found in self._sums(members).items():
                self._readings[file].books.add(members.section, found)
        self._waiting, self._members = {}, 0

    def _sums(self, members: Members) -> dict[int, Sums]:
        if members.section is PAYMENTS:
            payments, found = read_payments(members)
            for file, payment in zip(members.files.tolist(), payments, strict=True):
                self._readings[file].payments.add(payment)
            return found
        if members.section.category is None:
            return sums(members, *read_values(members))
        checked = check(members)
        self._frames.append(checked.rows)
        for file in checked.rejected.tolist():
            self._readings[file].rejected += 1
        return checked.sums


def _is_sound(reading: _Reading) -> bool:
    """Complete the reading of a file whose lists are read; whether it may take effect."""
    walk = reading.walk
    if walk is None or reading.refusal:
        # Who sent it and for which year, as far as they had been read.
        reading.header, _ = read_header(walk.header, [], Remarks()) if walk else (Header(), False)
        return False
    for (parent, tag), spot in walk.unknown.items():
        where = "l'en-tête" if parent == ROOT else parent
        message = f"{tag[:60]} est inconnue dans {where}, donc ignorée : vérifiez son orthographe."
        reading.remarks.add("SIMPL-BALISE", Severity.WARN, spot, message)
    reading.header, sound = read_header(walk.header, walk.repeated, reading.remarks)
    # Every total is compared, even when the header is already refused: one deposit shows all there is to correct.
    sound &= check_totals(reading.header, reading.books, reading.remarks)
    reading.payments.finish(reading.header)
    return sound


def _finished(report: FileReport, reading: _Reading) -> FileReport:
    header = reading.header
    report.findings = [reading.refusal] if reading.refusal else []
    report.affiliation = f"{header.affiliation:07d}" if header.affiliation else ""
    report.period = str(header.year) if header.year else ""
    report.lines = reading.walk.members if reading.walk else 0
    report.rejected = report.lines if report.refused else reading.rejected
    report.accepted = report.lines - report.rejected
    return report


def _kept(rows: pl.DataFrame, readings: Sequence[_Reading], reports: Sequence[FileReport]) -> pl.DataFrame:
    """The rows of the files that are not refused, each with its employer."""
    schema = pl.Schema([(FILE, pl.Int32()), *ROW_SCHEMA.items()])
    if rows.is_empty():
        return schema.to_frame()
    files = rows[FILE].to_numpy()
    sound = np.array([not report.refused for report in reports], dtype=np.bool_)
    headers = [reading.header for reading in readings]
    employers = pl.DataFrame(
        {
            "year": [header.year for header in headers],
            "fiscal_id": [header.fiscal_id for header in headers],
            "affiliation": [header.affiliation for header in headers],
        }
    )
    # Of one file, the rows stand list by list as they were read; files follow each other.
    return (
        rows.hstack(employers[files])
        .filter(pl.Series(sound[files]))
        .sort(FILE, maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in schema.items())
    )
