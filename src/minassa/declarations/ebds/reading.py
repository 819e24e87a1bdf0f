"""One sound e-BDS file back into the columns that would write it again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.blocks import Block, read_block, texts
from minassa.declarations.ebds.checking import check_batch
from minassa.declarations.ebds.declaration import Declaration, Employer, Entrants, Family, Insured
from minassa.declarations.ebds.digits import Bytes
from minassa.declarations.ebds.framing import Framing
from minassa.declarations.ebds.layout import (
    AFFILIATION,
    CATEGORY,
    CIN,
    EMPLOYER_TEXTS,
    NAME,
    PERIOD,
    RECORD_LENGTH,
    SITUATION,
    TRANSFER,
)
from minassa.declarations.ebds.lines import SourceFile
from minassa.declarations.ebds.order import types_of
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.ebds.table import CODES, ENTRANT_RANK, INSURED_RANK, RANKS
from minassa.declarations.findings import FileReport
from minassa.vocabulary.errors import MinassaError

_TEXTS = (NAME, CIN)


class UnreadableDeclaration(MinassaError):
    """The file breaks a rule that refuses it or leaves out a line: ``report`` says which."""

    code = "ebds-unreadable"

    def __init__(self, report: FileReport) -> None:
        super().__init__("Ce fichier e-BDS a des lignes refusées : il ne peut pas être relu en entier.")
        self.report = report


def read_declaration(data: bytes) -> Declaration:
    """The content of one file. UnreadableDeclaration when the file, or a line of it, is rejected.

    Writing the result gives the same bytes again, for a file whose line ends are those we write, whose filler is blank
    and whose dates are digits. To read many files for their lines use ``check_batch``, which is far faster.
    """
    (report,) = check_batch([SourceFile("", data)]).reports
    if report.rejected or report.refused:
        raise UnreadableDeclaration(report)
    return _declaration(_blocks(data))


def _blocks(data: bytes) -> dict[int, Block]:
    """The records of the file by rank, read."""
    rows: defaultdict[int, list[Bytes]] = defaultdict(list)
    for chunk in Framing([SourceFile("", data)], Remarks(1)).chunks():
        types = types_of(chunk)
        for type_ in np.unique(types).tolist():
            rows[type_].append(chunk.rows[types == type_, :RECORD_LENGTH])
    blocks = {}
    for type_, parts in rows.items():
        records = np.concatenate(parts)
        nowhere = np.zeros(len(records), dtype=np.int32)
        blocks[type_ % RANKS] = read_block(CODES[type_], records, nowhere, nowhere)
    return blocks


def _declaration(blocks: dict[int, Block]) -> Declaration:
    nature, header = blocks[0], blocks[1]
    family = next(family for family in Family if nature.plan.record.code[0] == family.letter)
    category = _texts(nature, CATEGORY)[0].decode("ascii")
    insured = Insured()
    if family is not Family.COMPLEMENTARY and INSURED_RANK in blocks:
        insured = _insured(blocks[INSURED_RANK])
    return Declaration(
        family=family,
        employer=_employer(header),
        period=int(header.numbers[PERIOD][0]),
        transfer=int(nature.numbers[TRANSFER][0]),
        insured=insured,
        entrants=_entrants(blocks[ENTRANT_RANK]) if ENTRANT_RANK in blocks else Entrants(),
        complement=int(category[1]),
    )


def _employer(header: Block) -> Employer:
    words: dict[str, Any] = {name: _texts(header, name)[0].decode("latin-1") for name in EMPLOYER_TEXTS}
    words |= {name: int(header.numbers[name][0]) for name in (AFFILIATION, "issued", "due")}
    return Employer(**words)


def _insured(block: Block) -> Insured:
    """The insured persons; in a préétabli what is only declared later is 0."""
    nothing = np.zeros(len(block), dtype=np.int64)
    columns: dict[str, NDArray[Any]] = {}
    for field in fields(Insured):
        columns[field.name] = block.numbers.get(field.name, nothing)
    columns[NAME] = _texts(block, NAME)
    columns[SITUATION] = block.situation.astype(np.int64)
    return Insured(**columns)


def _entrants(block: Block) -> Entrants:
    """The entrants, without the placeholder that says there is none."""
    somebody = ~block.blank_number
    columns: dict[str, NDArray[Any]] = {
        field.name: _texts(block, field.name) if field.name in _TEXTS else block.numbers[field.name]
        for field in fields(Entrants)
    }
    return Entrants(**{name: column[somebody] for name, column in columns.items()})


def _texts(block: Block, name: str) -> NDArray[np.bytes_]:
    return texts(block.rows, block.plan.record, name)
