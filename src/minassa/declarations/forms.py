"""Yearly returns and sheets: files of a kind read together, one way for all kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from minassa.declarations import kinds
from minassa.declarations.findings import FileReport
from minassa.declarations.schemas import FILE
from minassa.declarations.simpl_ir import read_together as read_statements
from minassa.declarations.tabular import ACCOUNTS, FIRM, STAFF, Reader, read_together

_SHEETS: dict[str, Reader] = {kinds.STAFF_REGISTER: STAFF, kinds.YEARLY_ACCOUNTS: ACCOUNTS, kinds.FIRM_SHEET: FIRM}


class Forms(NamedTuple):
    """Files once read: their rows with the rank of their `file`, the report and the taxpayer (IF) of each file.

    `person` is still a CNSS number; an IF is 0 when it is unknown.
    """

    rows: pl.DataFrame
    reports: list[FileReport]
    fiscal_ids: list[int]


def read_forms(kind: str, files: Sequence[tuple[str, bytes]]) -> Forms:
    """Read files of one of the kinds of `kinds.FORMS`, each with its name; nothing is raised about their content."""
    if kind == kinds.SIMPL_IR_9421:
        return _statements(files)
    rows, reports = read_together(_SHEETS[kind], files)
    fiscal_ids = np.zeros(len(files), dtype=np.int64)
    if "fiscal_id" in rows.columns:
        first = rows.unique(FILE, keep="first")
        fiscal_ids[first[FILE].to_numpy()] = first["fiscal_id"].to_numpy()
    return Forms(rows, reports, fiscal_ids.tolist())


def _statements(files: Sequence[tuple[str, bytes]]) -> Forms:
    read = read_statements(files)
    return Forms(read.rows, read.reports, [header.fiscal_id for header in read.headers])
