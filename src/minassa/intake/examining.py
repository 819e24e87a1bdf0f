"""A kept file read by the reader of declarations: the report of `declarations.check`, and what else it tells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from minassa.declarations.checking import CIN, NUMBER, check_together, header_of
from minassa.declarations.files import Original, found, read
from minassa.declarations.findings import FileReport
from minassa.declarations.kinds import EBDS_PREETABLI, EBDS_PRINCIPAL
from minassa.declarations.lake import CNSS_LINES, Lake, supersession_key
from minassa.intake.changes import PERSON, PRESENT

_AFFILIATION = "affiliation"


class Examined(NamedTuple):
    """The report of a file, who it speaks of, what it would replace, its text, and the persons it declares (e-BDS)."""

    report: FileReport
    affiliations: frozenset[int]
    fiscal_id: int
    complement: int
    supersession_key: str
    content: bytes
    persons: pl.DataFrame | None


def examine(path: Path, lake: Lake) -> Examined:
    """Read a file exactly as `declarations.check` does, beside the préétabli that the lake has for it."""
    original = read(found(str(path), path.name, path.stat().st_size))
    checked = check_together([original], _preetabli(original, lake))
    report, lines = checked.reports[0], checked.lines.get(CNSS_LINES, [])
    key = supersession_key(
        report.kind,
        affiliation=int(report.affiliation or 0),
        fiscal_id=checked.fiscal_ids[0],
        period=report.period,
        complement=checked.complements[0],
    )
    return Examined(
        report,
        _affiliations(report, (frame for frames in checked.lines.values() for frame in frames)),
        checked.fiscal_ids[0],
        checked.complements[0],
        key,
        original.content,
        _persons(pl.concat(lines), lake) if report.kind == EBDS_PRINCIPAL and lines else None,
    )


def _preetabli(original: Original, lake: Lake) -> list[Original]:
    """What CNSS announced for that employer and month, when it was deposited before."""
    if original.kind != EBDS_PRINCIPAL:
        return []
    header = header_of(original.content).decode("latin-1")
    if not header.isdecimal():
        return []
    asked = (
        pl.col("current")
        & (pl.col("kind") == EBDS_PREETABLI)
        & (pl.col(_AFFILIATION) == int(header[:7]))
        & (pl.col("period") == header[7:])
    )
    files = lake.files().filter(asked).select("file_id").collect()["file_id"].to_list()
    return [Original("", EBDS_PREETABLI, lake.original_file(file)) for file in files[-1:]]


def _affiliations(report: FileReport, lines: Iterable[pl.DataFrame]) -> frozenset[int]:
    """Every employer that the file names: in its header, and on the lines that would take effect."""
    named = {int(report.affiliation or 0)}
    for frame in lines:
        if _AFFILIATION in frame.columns:
            named.update(frame[_AFFILIATION].unique().to_list())
    return frozenset(named - {0, None})


def _persons(lines: pl.DataFrame, lake: Lake) -> pl.DataFrame:
    """The persons declared, under the pseudonyms of the lake, with days and salary."""
    of = lake.pseudonyms()
    numbers = lines[NUMBER].to_numpy()
    persons = of.of_numbers(numbers)
    unnumbered = np.flatnonzero(numbers == 0)
    if len(unnumbered):
        persons[unnumbered] = of.of_cins(lines[CIN].gather(unnumbered))
    return lines.select(*PRESENT).with_columns(pl.Series(PERSON, persons))
