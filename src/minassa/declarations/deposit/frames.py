"""Checked files as rows of the lake: file numbers given, persons turned into pseudonyms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.checking import CIN, NUMBER, Checked
from minassa.declarations.deposit.known import Identity, Place
from minassa.declarations.durable import Unsettled
from minassa.declarations.files import Original
from minassa.declarations.findings import FileReport
from minassa.declarations.kinds import UNKNOWN
from minassa.declarations.lake import (
    DEPOSITS,
    FINDINGS,
    IN_EFFECT,
    REJECTED,
    TABLES,
    Table,
    file_number,
    supersession_key,
)
from minassa.declarations.packs import Packs
from minassa.declarations.pseudonyms import Pseudonyms
from minassa.declarations.schemas import FILE

BY_CIN = "person_by_cin"
NOWHERE = Place("", 0, 0, "")

Numbers = NDArray[np.int64]


class Settled(NamedTuple):
    """A file once checked: its number in the lake, what it is, what was found, who declares."""

    number: int
    identity: Identity
    report: FileReport
    affiliation: int
    fiscal_id: int
    complement: int
    key: str


def settled(claimed: int, identities: Sequence[Identity], checked: Checked) -> list[Settled]:
    """The files checked, in order, each with its number and the key under which it replaces another."""
    files = []
    columns = zip(identities, checked.reports, checked.fiscal_ids, checked.complements, strict=True)
    for rank, (identity, report, fiscal_id, complement) in enumerate(columns):
        affiliation = int(report.affiliation or 0)
        key = supersession_key(
            report.kind, affiliation=affiliation, fiscal_id=fiscal_id, period=report.period, complement=complement
        )
        number = file_number(claimed, rank)
        files.append(Settled(number, identity, report, affiliation, fiscal_id, complement, key))
    return files


def seal(
    packs: Packs, originals: Sequence[Original], identities: Sequence[Identity]
) -> tuple[list[Place], list[Unsettled]]:
    """Seal the originals in one pack, to be settled; nothing of a file that is of no known kind."""
    kept = [rank for rank, each in enumerate(originals) if is_kept(each)]
    places = [NOWHERE] * len(originals)
    if not kept:
        return places, []
    digests = [bytes.fromhex(identities[rank].digest) for rank in kept]
    sealed = packs.seal([originals[rank].content for rank in kept], digests)
    for rank, offset in zip(kept, sealed.offsets, strict=True):
        places[rank] = Place(sealed.pack, offset, identities[rank].length, identities[rank].digest)
    return places, sealed.unsettled


def is_kept(original: Original) -> bool:
    """Whether the bytes of a file are kept: those of a known kind."""
    return original.kind != UNKNOWN


def identify(original: Original, size: int) -> Identity:
    """The identity of a file that was read."""
    name, _, content, whole, _ = original
    return Identity(name, hashlib.sha256(content).hexdigest(), len(content)) if whole else Identity(name, "", size)


def deposit_rows(
    claimed: int, received_at: str, files: Sequence[Settled], places: Sequence[Place], rows: Sequence[int]
) -> pl.DataFrame:
    """The rows of `deposits`, one for each file kept, with the rows it brought and where its original stands."""
    table = TABLES[DEPOSITS]
    reports = [file.report for file in files]
    columns: dict[str, object] = {
        "file_id": [file.number for file in files],
        "deposit_id": [claimed] * len(files),
        "received_at": [received_at] * len(files),
        "kind": [report.kind for report in reports],
        "name": [file.identity.name for file in files],
        "digest": [file.identity.digest for file in files],
        "affiliation": [file.affiliation for file in files],
        "fiscal_id": [file.fiscal_id for file in files],
        "period": [report.period for report in reports],
        "complement": [file.complement for file in files],
        "supersession_key": [file.key for file in files],
        "lines": [report.lines for report in reports],
        "accepted": [report.accepted for report in reports],
        "rejected": [report.rejected for report in reports],
        "rows": rows,
        "state": [REJECTED if report.refused else IN_EFFECT for report in reports],
        "pack": [place.pack for place in places],
        "offset": [place.offset for place in places],
        "length": [file.identity.length for file in files],
    }
    return pl.DataFrame(columns, schema=dict(table.columns))


def line_rows(table: str, lines: Sequence[pl.DataFrame], numbers: Numbers, of: Pseudonyms) -> pl.DataFrame:
    """Checked lines as rows of their table; `numbers` are the file numbers by rank."""
    return pl.concat([_identified(TABLES[table], frame, numbers, of) for frame in lines])


def _identified(table: Table, lines: pl.DataFrame, numbers: Numbers, of: Pseudonyms) -> pl.DataFrame:
    """The lines with the number of their file and, where they speak of persons, pseudonyms."""
    columns = [pl.Series("file_id", numbers[lines[FILE].to_numpy()])]
    if NUMBER in lines.columns:
        columns.append(pl.Series("person", _persons(lines, of)))
    if BY_CIN in table.columns:
        columns.append(pl.Series(BY_CIN, of.of_cins(lines[CIN])))
    return lines.with_columns(columns).select(pl.col(name).cast(kind) for name, kind in table.columns.items())


def _persons(lines: pl.DataFrame, of: Pseudonyms) -> NDArray[np.int64]:
    """The pseudonym by number, else by card, else 0."""
    numbers = lines[NUMBER].to_numpy()
    persons = of.of_numbers(numbers)
    unnumbered = np.flatnonzero(numbers == 0)
    if len(unnumbered):
        persons[unnumbered] = of.of_cins(lines[CIN].gather(unnumbered))
    return persons


def finding_rows(files: Sequence[Settled]) -> pl.DataFrame:
    """The findings on the files, each with the number of its file."""
    rows = [
        (file.number, finding.rule, str(finding.severity), finding.line, finding.column, finding.message)
        for file in files
        for finding in file.report.findings
    ]
    table = TABLES[FINDINGS]
    return pl.DataFrame(rows, schema=dict(table.columns), orient="row") if rows else table.empty()
