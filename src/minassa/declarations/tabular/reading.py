"""What reading has in common for the three forms: cells, values, checks, rows, report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from minassa.declarations.findings import FileReport
from minassa.declarations.tabular import delimited, workbook
from minassa.declarations.tabular.cells import Cells, Oddity
from minassa.declarations.tabular.forms import EXAMPLE, REMARK, Form
from minassa.declarations.tabular.refusals import Refused
from minassa.declarations.tabular.remarks import Remarks
from minassa.declarations.tabular.values import read_values


@dataclass(frozen=True, slots=True)
class TabularFile:
    """A sheet once read: the rows that may take effect, and what was found."""

    rows: pl.DataFrame
    report: FileReport


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form checks: texts and values of its rows, where to say what is wrong, what the file name says.

    `affiliation` and `period` are empty when the name says nothing.
    """

    texts: pl.DataFrame
    values: pl.DataFrame
    lines: pl.Series
    remarks: Remarks
    affiliation: str
    period: str


Check = Callable[[Sheet], pl.DataFrame]
"""Checks a sheet and gives the columns of the lake for each of its rows, rejected ones included."""


def read_form(form: Form, schema: pl.Schema, check: Check, name: str, source: bytes | Path) -> TabularFile:
    """Read a CSV or XLSX file of a form. Raises OSError when a path cannot be opened, nothing about the content."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    report = FileReport(name, form.kind)
    report.affiliation, report.period = named(form, name)
    try:
        read_cells = workbook.read if workbook.is_workbook(content) else delimited.read
        cells = _without_examples(read_cells(form, content))
        remarks = Remarks(form.prefix, cells)
        values = read_values(form, cells, remarks)
        rows = check(Sheet(cells.texts, values, cells.lines, remarks, report.affiliation, report.period))
    except Refused as refused:
        report.refused = True
        report.findings = [refused.finding(form.prefix)]
        return TabularFile(schema.to_frame(), report)
    report.findings = remarks.findings()
    report.lines = len(cells.lines) + sum(oddity.rejects for oddity in cells.oddities)
    report.accepted = len(cells.lines) - int(remarks.rejected.sum())
    report.rejected = report.lines - report.accepted
    kept = rows.filter(pl.Series(~remarks.rejected)).with_columns(line=cells.lines.filter(pl.Series(~remarks.rejected)))
    return TabularFile(kept.select(pl.col(column).cast(kind) for column, kind in schema.items()), report)


def named(form: Form, name: str) -> tuple[str, str]:
    """Affiliation and period that a file name says, empty when it says none."""
    base = name.replace("\\", "/").rpartition("/")[2]
    said = re.match(form.file_name, base, re.IGNORECASE)
    return (said["affiliation"], said.groupdict().get("period") or "") if said else ("", "")


def _without_examples(cells: Cells) -> Cells:
    """Leave out the example rows of the template, with a word about each; Refused when no row is left."""
    examples = np.zeros(len(cells.lines), dtype=np.bool_)
    if REMARK in cells.texts.columns:
        examples = cells.texts[REMARK].str.to_lowercase().str.starts_with(EXAMPLE).to_numpy()
    kept = np.flatnonzero(~examples)
    if not len(kept) and not any(oddity.rejects for oddity in cells.oddities):
        raise Refused("VIDE", "Aucune ligne sous les intitulés : remplissez au moins une ligne.")
    if len(kept) == len(examples):
        return cells
    message = "Ligne d'exemple du modèle, ignorée : supprimez-la."
    return Cells(
        cells.texts.filter(pl.Series(~examples)),
        cells.lines.filter(pl.Series(~examples)),
        lambda row, heading: cells.place(int(kept[row]), heading),
        [
            *cells.oddities,
            *(Oddity("EXEMPLE", line, 1, message, rejects=False) for line in cells.lines.filter(pl.Series(examples))),
        ],
    )
