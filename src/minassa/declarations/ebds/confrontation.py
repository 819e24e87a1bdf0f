"""Declarations against the préétablis of the same firm and month (rules 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.digits import Bytes
from minassa.declarations.ebds.file_controls import TRANSFER_COLUMN
from minassa.declarations.ebds.layout import AF_NET, CHILDREN, NAME, NUMBER, RECORDS
from minassa.declarations.ebds.lines import SourceFile
from minassa.declarations.ebds.people import RECORD_NUMBERS, People
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.ebds.table import INSURED_TOTALS, PREETABLI, PRINCIPAL, FileTable

Words = NDArray[np.uint64]
Ranks = NDArray[np.intp]

_ANNOUNCED = RECORDS["A02"]
_NUMBER_COLUMN = _ANNOUNCED.field(NUMBER).start
_IDENTITY = _ANNOUNCED.field(NAME).columns
_ALLOWANCE = slice(_ANNOUNCED.field(CHILDREN).start - 1, _ANNOUNCED.field(AF_NET).end)
_INSURED = (RECORD_NUMBERS["A02"], RECORD_NUMBERS["B02"])
_TYPE_LENGTH = 3
_WORD = 8
_PRIME = 0x9E3779B97F4A7C15
_WORD_MASK = (1 << 64) - 1


def marks(rows: Bytes) -> tuple[Words, Words]:
    """The name and the allowances of A02 or B02 records, each condensed to 64 bits: equal when they are equal.

    Different texts might by bad luck share a mark; the only rule that rests on it warns.
    """
    return _condensed(rows, _IDENTITY), _condensed(rows, _ALLOWANCE)


def _condensed(rows: Bytes, columns: slice) -> Words:
    mark = np.zeros(len(rows), dtype=np.uint64)
    factor = 1
    for start in range(columns.start, columns.stop, _WORD):
        first = min(start, columns.stop - _WORD)
        factor = factor * _PRIME & _WORD_MASK
        mark += rows[:, first : first + _WORD].view("<u8")[:, 0] * np.uint64(factor)
    return mark


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Principal declarations (ranks in the batch) and the préétabli of each."""

    files: Ranks
    references: Ranks


def confront(files: Sequence[SourceFile], table: FileTable, people: People, remarks: Remarks) -> None:
    """Check each declaration against the préétabli of its affiliation and month, when one is in the batch.

    Of several préétablis the one with the same transfer reference counts, else the latest issued.
    """
    references = _references(table)
    if not references:
        return
    pairs = []
    for file in np.flatnonzero((table.family > PREETABLI) & (table.header_line > 0)).tolist():
        candidates = references.get(_key(table, file))
        if not candidates:
            continue
        reference = _chosen(candidates, file, files, table, remarks)
        if reference is not None and _same_transfer(file, reference, table, remarks):
            _compare_headers(file, reference, table, remarks)
            if table.family[file] == PRINCIPAL and not table.incomplete[file]:
                pairs.append((file, reference))
    if pairs:
        columns = np.array(pairs, dtype=np.intp)
        _compare_people(_Pairs(columns[:, 0], columns[:, 1]), table, people, remarks)


def _key(table: FileTable, file: int) -> tuple[int, int]:
    return int(table.affiliation[file]), int(table.period[file])


def _references(table: FileTable) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for file in np.flatnonzero((table.family == PREETABLI) & (table.header_line > 0)).tolist():
        found.setdefault(_key(table, file), []).append(file)
    return found


def _chosen(
    candidates: list[int], file: int, files: Sequence[SourceFile], table: FileTable, remarks: Remarks
) -> int | None:
    sound = [rank for rank in candidates if not (remarks.refused[rank] or table.incomplete[rank])]
    if not sound:
        message = "Le préétabli fourni pour ce mois est illisible : la déclaration ne lui est pas comparée."
        remarks.one(rules.NO_REFERENCE, file, 0, 0, message)
        return None
    same = [rank for rank in sound if table.transfer[rank] == table.transfer[file]]
    # The bytes come last so that the order in which files are given never decides.
    return max(same or sound, key=lambda rank: (table.issued[rank], table.transfer[rank], files[rank].data))


def _same_transfer(file: int, reference: int, table: FileTable, remarks: Remarks) -> bool:
    if table.nature_line[file] <= 0:
        return False
    same = bool(table.transfer[file] == table.transfer[reference])
    if not same:
        message = "L'identifiant de transfert n'est pas celui du préétabli de ce mois : repartez du dernier préétabli."
        remarks.one(rules.TRANSFER, file, int(table.nature_line[file]), TRANSFER_COLUMN, message)
    return same


def _compare_headers(file: int, reference: int, table: FileTable, remarks: Remarks) -> None:
    ours, theirs = table.header[file, _TYPE_LENGTH:], table.header[reference, _TYPE_LENGTH:]
    if ours.tobytes() == theirs.tobytes():
        return
    column = int((ours != theirs).argmax()) + _TYPE_LENGTH + 1
    message = "L'en-tête n'est pas celui du préétabli : recopiez l'enregistrement A01."
    remarks.one(rules.EMPLOYER, file, int(table.header_line[file]), column, message)


def _compare_people(pairs: _Pairs, table: FileTable, people: People, remarks: Remarks) -> None:
    """The same persons in the same order need no more; the other pairs are compared one by one."""
    insured = np.flatnonzero(np.isin(people.record, _INSURED))
    owner = people.file[insured]
    first, last = np.searchsorted(owner, pairs.files), np.searchsorted(owner, pairs.files, side="right")
    start, end = np.searchsorted(owner, pairs.references), np.searchsorted(owner, pairs.references, side="right")
    aligned = (last - first) == (end - start)
    ours, theirs = insured[_ranges(first[aligned], last[aligned])], insured[_ranges(start[aligned], end[aligned])]
    pair = np.repeat(np.flatnonzero(aligned), (last - first)[aligned])
    same = aligned.copy()
    same[pair[_differs(people, ours, theirs)]] = False
    for rank in np.flatnonzero(~same).tolist():
        file = int(pairs.files[rank])
        declared, announced = insured[first[rank] : last[rank]], insured[start[rank] : end[rank]]
        _say_unanswered(file, declared, announced, people, (table, remarks))
        _say_others(declared, announced, people, remarks)


def _ranges(first: Ranks, last: Ranks) -> Ranks:
    """The whole numbers from each first to each last, excluded, one range after the other."""
    sizes = last - first
    numbers: Ranks = np.arange(sizes.sum()) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    return numbers


def _differs(people: People, ours: Ranks, theirs: Ranks) -> NDArray[np.bool_]:
    other_number: NDArray[np.bool_] = people.number[ours] != people.number[theirs]
    other_name = people.identity[ours] != people.identity[theirs]
    differs: NDArray[np.bool_] = other_number | other_name | (people.allowance[ours] != people.allowance[theirs])
    return differs


def _say_unanswered(
    file: int, declared: Ranks, announced: Ranks, people: People, context: tuple[FileTable, Remarks]
) -> None:
    """Persons of the préétabli who have no line: pointed at by the line of the totals, which closes the list."""
    table, remarks = context
    lost = announced[~np.isin(people.number[announced], people.number[declared])]
    line = max(int(table.totals_line[INSURED_TOTALS][file]), 0)

    def say(place: int) -> str:
        return f"L'assuré de la ligne {people.line[lost[place]]} du préétabli n'a pas de ligne B02 : répondez pour lui."

    remarks.add(rules.UNANSWERED, np.full(len(lost), file), np.full(len(lost), line), _NUMBER_COLUMN, say)


def _say_others(declared: Ranks, announced: Ranks, people: People, remarks: Remarks) -> None:
    """Persons who are not in the préétabli, and those who are under another name or other allowances."""
    announced = announced[np.argsort(people.number[announced], kind="stable")]
    known, asked = people.number[announced], people.number[declared]
    place = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
    found = known[place] == asked if len(known) else np.zeros(len(asked), dtype=np.bool_)
    unknown = declared[~found]
    people.rejected[unknown] = True
    message = "Cette personne n'est pas dans le préétabli : déclarez-la comme entrante (B04)."
    remarks.add(rules.UNANNOUNCED, people.file[unknown], people.line[unknown], _NUMBER_COLUMN, message)
    ours, theirs = declared[found], announced[place[found]]
    renamed = people.identity[ours] != people.identity[theirs]
    changed = renamed | (people.allowance[ours] != people.allowance[theirs])
    at, columns = ours[changed], np.where(renamed, _IDENTITY.start, _ALLOWANCE.start)[changed] + 1
    message = "Nom, enfants ou allocations ne sont pas ceux du préétabli : recopiez-les sans changement."
    remarks.add(rules.CHANGED, people.file[at], people.line[at], columns, message)
