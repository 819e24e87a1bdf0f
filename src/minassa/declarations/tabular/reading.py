"""What reading has in common for the three forms: cells, values, checks, rows, reports. Files of a form go together.

What one file says never depends on those read with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.findings import FileReport
from minassa.declarations.tabular.forms import Form
from minassa.declarations.tabular.gathering import Gathered, gather, together, without_examples
from minassa.declarations.tabular.refusals import Refused
from minassa.declarations.tabular.remarks import Remarks
from minassa.declarations.tabular.values import read_values

FILE = "file"
"""Column of rows read together: the rank of their file among those given."""


@dataclass(frozen=True, slots=True)
class TabularFile:
    """A sheet once read: the rows that may take effect, and what was found."""

    rows: pl.DataFrame
    report: FileReport


class TabularFiles(NamedTuple):
    """Sheets once read: the rows that may take effect, each with the rank of its `file`, and a report for each."""

    rows: pl.DataFrame
    reports: list[FileReport]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form checks: texts and values of the rows of some files, and where to say what is wrong.

    `files` is the rank of the file of each row, `lines` its line; `affiliations` and `periods` are what each file name
    says, empty when it says nothing.
    """

    texts: pl.DataFrame
    values: pl.DataFrame
    files: NDArray[np.int64]
    lines: NDArray[np.int64]
    remarks: Remarks
    affiliations: Sequence[str]
    periods: Sequence[str]

    def first_sound(self) -> NDArray[np.int64]:
        """For each file its first row that is not rejected; -1 when all are."""
        sound = np.flatnonzero(~self.remarks.rejected)
        first = np.full(len(self.affiliations), -1, dtype=np.int64)
        files, at = np.unique(self.files[sound], return_index=True)
        first[files] = sound[at]
        return first

    def expected(self, said: Sequence[str], column: pl.Series) -> NDArray[np.int64]:
        """For each row what its file name says, or else the value of the first sound row of the file; 0 for neither."""
        values = column.fill_null(0).to_numpy()
        first = self.first_sound()
        found = np.array(
            [int(text) if text else values[at] if at >= 0 else 0 for text, at in zip(said, first, strict=True)],
            dtype=np.int64,
        )
        of_rows: NDArray[np.int64] = found[self.files]
        return of_rows


class Reader(NamedTuple):
    """How files of a form are read.

    `check` gives the columns of the lake for each row of a sheet, rejected ones included; `refusal` says whether what
    the file name says (affiliation, period) is not enough; `period` is the column that says the period otherwise.
    """

    form: Form
    schema: pl.Schema
    check: Callable[[Sheet], pl.DataFrame]
    refusal: Callable[[str, str], Refused | None] | None = None
    period: str = ""


def read_one(reader: Reader, name: str, source: bytes | Path) -> TabularFile:
    """Read a CSV or XLSX file of a form. Raises OSError when a path cannot be opened, nothing about the content."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    read = read_together(reader, [(name, content)])
    return TabularFile(read.rows.drop(FILE), read.reports[0])


def read_together(reader: Reader, files: Sequence[tuple[str, bytes]]) -> TabularFiles:
    """Read CSV and XLSX files of a form, each with its name. Raises nothing about the content."""
    reports = [FileReport(name, reader.form.kind) for name, _ in files]
    gathered: list[Gathered] = []
    ranks: list[int] = []
    for rank, ((name, content), report) in enumerate(zip(files, reports, strict=True)):
        report.affiliation, report.period = named(reader.form, name)
        try:
            gathered.append(gather(reader.form, content))
            ranks.append(rank)
        except Refused as refused:
            _refuse(reader, report, refused)
    rows = _rows(reader, gathered, [reports[rank] for rank in ranks])
    of_files = pl.Series(np.array(ranks, dtype=np.int32)[rows[FILE].to_numpy()], dtype=pl.Int32)
    return TabularFiles(rows.with_columns(of_files.alias(FILE)), reports)


def _rows(reader: Reader, gathered: Sequence[Gathered], reports: Sequence[FileReport]) -> pl.DataFrame:
    """The rows that may take effect; each report is completed."""
    cells, refusals = without_examples(together(reader.form, gathered))
    for rank, report in enumerate(reports):
        refusal = refusals.get(rank) or (reader.refusal and reader.refusal(report.affiliation, report.period))
        if refusal:
            refusals[rank] = refusal
            _refuse(reader, report, refusal)
    refused = np.array([rank in refusals for rank in range(len(reports))], dtype=np.bool_)
    cells = cells.only(~refused[cells.files])
    remarks = Remarks(reader.form.prefix, cells)
    values = read_values(reader.form, cells, remarks)
    said = [report.affiliation for report in reports], [report.period for report in reports]
    rows = reader.check(Sheet(cells.texts, values, cells.files, cells.lines, remarks, *said))
    kept = ~remarks.rejected
    _count(reports, cells.files, kept, remarks, refusals)
    columns = {FILE: pl.Series(cells.files, dtype=pl.Int32), "line": pl.Series(cells.lines, dtype=pl.Int32)}
    schema = pl.Schema([(FILE, pl.Int32()), *reader.schema.items()])
    found = rows.with_columns(**columns).filter(pl.Series(kept)).select(pl.col(n).cast(t) for n, t in schema.items())
    _complete(reader, reports, found)
    return found


def _complete(reader: Reader, reports: Sequence[FileReport], rows: pl.DataFrame) -> None:
    """What the names of files do not say, as their first rows say it; nothing for a form that is of no firm."""
    if "affiliation" not in rows.columns:
        return
    period = reader.period or "line"
    first = rows.select(FILE, "affiliation", period).unique(FILE, keep="first")
    for rank, affiliation, month in first.iter_rows():
        report = reports[rank]
        report.affiliation = report.affiliation or f"{affiliation:07d}"
        report.period = report.period or (str(month) if reader.period else "")


def _count(
    reports: Sequence[FileReport],
    files: NDArray[np.int64],
    kept: NDArray[np.bool_],
    remarks: Remarks,
    refusals: Mapping[int, Refused],
) -> None:
    """Findings and lines of each file that is not refused."""
    rows = np.bincount(files, minlength=len(reports)).tolist()
    accepted = np.bincount(files[kept], minlength=len(reports)).tolist()
    for rank, report in enumerate(reports):
        if rank not in refusals:
            report.findings = remarks.findings(rank)
            report.lines = rows[rank] + remarks.odd_rows(rank)
            report.accepted = accepted[rank]
            report.rejected = report.lines - report.accepted


def named(form: Form, name: str) -> tuple[str, str]:
    """Affiliation and period that a file name says, empty when it says none."""
    base = name.replace("\\", "/").rpartition("/")[2]
    said = re.match(form.file_name, base, re.IGNORECASE)
    return (said["affiliation"], said.groupdict().get("period") or "") if said else ("", "")


def _refuse(reader: Reader, report: FileReport, refused: Refused) -> None:
    report.refused = True
    report.findings = [refused.finding(reader.form.prefix)]
