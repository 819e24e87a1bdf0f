"""What the files of a country say, read back by the readers of declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import polars as pl

from minassa.declarations import simpl_ir
from minassa.declarations.ebds import Batch, SourceFile, check_batch
from minassa.declarations.findings import FileReport
from minassa.declarations.tabular import TabularFile, read_firm_sheet, read_staff_register, read_yearly_accounts

Truth = Callable[[str], list[dict[str, str]]]


@cache
def cnss(nation: Path) -> tuple[pl.DataFrame, list[FileReport]]:
    """Accepted lines in effect (of a month declared twice, the second time), and a report for every CNSS file."""
    files = [SourceFile(path.name, path.read_bytes()) for path in cnss_files(nation)]
    announced = [file for file in files if file.name.startswith("AFFEBDS_")]
    batch = check_batch(files, announced)
    superseded = [rank for rank, path in enumerate(cnss_files(nation)) if path.parent.name == "depot-1"]
    return lines(batch).filter(~pl.col("file").is_in(superseded)), batch.reports


def cnss_files(nation: Path) -> list[Path]:
    return sorted((nation / "declarations").glob("????-??/**/*.txt"))


def lines(batch: Batch) -> pl.DataFrame:
    """The accepted lines of a batch as a frame."""
    names = ("month", "affiliation", "number", "record", "days", "salary_real", "salary_capped", "situation")
    columns = {name: getattr(batch.lines, name) for name in names}
    cards = [card.decode() for card in batch.lines.cin.tolist()]
    return pl.DataFrame({**columns, "cin": cards, "file": batch.lines.file_index})


@cache
def statements(nation: Path) -> tuple[pl.DataFrame, list[FileReport]]:
    """The rows of every statement of salaries, and a report for each."""
    read = [simpl_ir.read(path.name, path) for path in sorted((nation / "declarations").glob("????/*.xml"))]
    return pl.concat([file.rows for file in read]), [file.report for file in read]


def sheets(nation: Path) -> Iterator[TabularFile]:
    """Every register, account and firm sheet."""
    kinds = (
        ("registres/REGISTRE_*.csv", read_staff_register),
        ("????/COMPTES_*.csv", read_yearly_accounts),
        ("fiches/FICHE_*.csv", read_firm_sheet),
    )
    for pattern, read in kinds:
        yield from (read(path.name, path) for path in sorted((nation / "declarations").glob(pattern)))


@cache
def registers(nation: Path) -> pl.DataFrame:
    """The rows of every register."""
    read = [file.rows for file in sheets(nation) if "hired_on" in file.rows.columns]
    return pl.concat(read)


@cache
def firms(nation: Path) -> pl.DataFrame:
    """The rows of every firm sheet."""
    return pl.concat([file.rows for file in sheets(nation) if "place_from" in file.rows.columns])


@cache
def accounts(nation: Path) -> pl.DataFrame:
    """The rows of every account."""
    return pl.concat([file.rows for file in sheets(nation) if "turnover_year" in file.rows.columns])
