"""A statement of salaries (SIMPL-IR, état 9421) read from end to end: rows for the lake, and a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import polars as pl

from minassa.declarations.findings import FileReport, Severity
from minassa.declarations.kinds import SIMPL_IR_9421
from minassa.declarations.simpl_ir.header import Header, read_header
from minassa.declarations.simpl_ir.layout import PAYMENTS, ROOT
from minassa.declarations.simpl_ir.payments import Payments
from minassa.declarations.simpl_ir.people import ROW_SCHEMA, check, read_values, sums
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.refusals import Refused
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.declarations.simpl_ir.sources import Limits, check_prologue, opened
from minassa.declarations.simpl_ir.totals import Books, check_totals
from minassa.declarations.simpl_ir.walk import Walk


@dataclass(frozen=True, slots=True)
class SimplIrFile:
    """A statement once read: its header, the rows that may take effect (`people.ROW_SCHEMA`), what was found."""

    header: Header
    rows: pl.DataFrame
    report: FileReport


@dataclass(slots=True)
class _Reading:
    """What one reading has gathered so far."""

    remarks: Remarks = field(default_factory=Remarks)
    books: Books = field(default_factory=Books)
    frames: list[pl.DataFrame] = field(default_factory=list)
    rejected: int = 0
    header: Header = field(default_factory=Header)
    sound: bool = False
    walk: Walk | None = None


def read(name: str, source: bytes | Path, limits: Limits | None = None) -> SimplIrFile:
    """Read and check a statement, plain or zipped, in memory that depends on its rows alone.

    `person` in the rows is the CNSS number itself (0 unknown) and `cin` the identity or residence card, capitals and
    digits only: the lake turns them into a pseudonym. Amounts are centimes. A file that breaks a structural rule is
    refused: it gives no row. Raises OSError when a path cannot be opened, and nothing about the content.
    """
    limits = limits or Limits()
    reading = _Reading()
    report = FileReport(name, SIMPL_IR_9421)
    try:
        with opened(source, limits) as stream:
            check_prologue(stream)
            _read(stream, reading)
        with opened(source, limits) as stream:
            report.findings = reading.remarks.placed(stream)
    except Refused as refused:
        report.findings = [refused.finding]
        _keep_sender(reading)
    return _finished(report, reading)


def _read(stream: BinaryIO, reading: _Reading) -> None:
    reading.walk = Walk(stream)
    payments = Payments(reading.remarks)
    for batch in reading.walk.batches():
        if batch.section is PAYMENTS:
            payments.add(batch, reading.books)
        elif batch.section.category is None:
            texts, values = read_values(batch)
            reading.books.add(batch.section, len(batch.offsets), sums(batch.section, texts, values))
        else:
            checked = check(batch, reading.remarks)
            reading.books.add(batch.section, len(batch.offsets), checked.sums)
            reading.frames.append(checked.rows)
            reading.rejected += checked.rejected
    for (parent, tag), spot in reading.walk.unknown.items():
        where = "l'en-tête" if parent == ROOT else parent
        message = f"{tag[:60]} est inconnue dans {where}, donc ignorée : vérifiez son orthographe."
        reading.remarks.add("SIMPL-BALISE", Severity.WARN, spot, message)
    reading.header, reading.sound = read_header(reading.walk.header, reading.walk.repeated, reading.remarks)
    # Every total is compared, even when the header is already refused: one deposit shows all there is to correct.
    reading.sound &= check_totals(reading.header, reading.books, reading.remarks)
    payments.finish(reading.header)
    _note_doubles(reading)


def _keep_sender(reading: _Reading) -> None:
    """Of a file refused on the way, who sent it and for which year, as far as they had been read."""
    reading.sound = False
    if reading.walk:
        reading.header, _ = read_header(reading.walk.header, [], Remarks())


def _note_doubles(reading: _Reading) -> None:
    """The same CNSS number twice in one list: kept, since somebody may have left and come back."""
    if not reading.frames:
        return
    people = pl.concat(frame.select("category", "person", "offset") for frame in reading.frames)
    known = people.filter(pl.col("person") > 0).sort("offset")
    twice = known.filter(~pl.struct("category", "person").is_first_distinct())
    message = "Ce numéro CNSS est déjà dans la même liste : réunissez les deux lignes si c'est la même période."
    for offset in twice["offset"]:
        reading.remarks.add("SIMPL-DOUBLON", Severity.WARN, Spot(offset, "numCNSS"), message)


def _finished(report: FileReport, reading: _Reading) -> SimplIrFile:
    header = reading.header
    report.refused = not reading.sound
    report.affiliation = f"{header.affiliation:07d}" if header.affiliation else ""
    report.period = str(header.year) if header.year else ""
    report.lines = reading.walk.members if reading.walk else 0
    report.rejected = report.lines if report.refused else reading.rejected
    report.accepted = report.lines - report.rejected
    return SimplIrFile(header, _rows([] if report.refused else reading.frames, header), report)


def _rows(frames: list[pl.DataFrame], header: Header) -> pl.DataFrame:
    if not frames:
        return ROW_SCHEMA.to_frame()
    employer = {"year": header.year, "fiscal_id": header.fiscal_id, "affiliation": header.affiliation}
    return (
        pl.concat(frames)
        .with_columns(pl.lit(value).alias(name) for name, value in employer.items())
        .select(pl.col(name).cast(kind) for name, kind in ROW_SCHEMA.items())
    )
