"""The persons' lines of a batch, gathered chunk by chunk, and what can only be seen with all of them at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.blocks import Block
from minassa.declarations.ebds.layout import CHILDREN, CIN, DAYS, NUMBER, SALARY_CAPPED, SALARY_REAL
from minassa.declarations.ebds.lines import firsts
from minassa.declarations.ebds.remarks import Remarks
from minassa.vocabulary.identifiers import CASUAL_IMMATRICULATION, NO_IMMATRICULATION

RECORD_NUMBERS = {"A02": 102, "B02": 2, "B04": 4, "E04": 14}
"""How the lake names record types; A02, which never reaches it, is only told apart."""

_NUMBER_COLUMN = 17
_CIN_COLUMN = 86
_FILE_SHIFT = np.int64(1 << 30)
_EMPTY_CIN = np.dtype("S8")


@dataclass(slots=True)
class People:
    """Lines of persons (not placeholders), by file then line; one array per column, all of one length."""

    file: NDArray[np.int32]
    line: NDArray[np.int32]
    record: NDArray[np.int8]
    number: NDArray[np.int64]
    number_readable: NDArray[np.bool_]
    cin: NDArray[np.bytes_]
    days: NDArray[np.int16]
    salary_real: NDArray[np.int64]
    salary_capped: NDArray[np.int64]
    situation: NDArray[np.int8]
    children: NDArray[np.int8]
    rejected: NDArray[np.bool_]
    identity: NDArray[np.uint64]
    allowance: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.file)


_COLUMNS = tuple(People.__dataclass_fields__)


def people_of(code: str, block: Block, marks: tuple[NDArray[np.uint64], NDArray[np.uint64]] | None) -> People:
    """The persons of a block. ``marks`` condense the name and the allowances, when a préétabli is to be compared."""
    size = len(block)
    nothing = np.zeros(size, dtype=np.int64)
    none = np.zeros(size, dtype=np.uint64)
    identity, allowance = marks or (none, none)
    number = block.numbers[NUMBER]
    people = People(
        file=block.file,
        line=block.line,
        record=np.full(size, RECORD_NUMBERS[code], dtype=np.int8),
        number=number,
        number_readable=block.number_readable,
        cin=_cins(code, block, number),
        days=block.numbers.get(DAYS, nothing).astype(np.int16),
        salary_real=block.numbers.get(SALARY_REAL, nothing),
        salary_capped=block.numbers.get(SALARY_CAPPED, nothing),
        situation=block.situation,
        children=block.numbers.get(CHILDREN, nothing).astype(np.int8),
        rejected=block.rejected,
        identity=identity,
        allowance=allowance,
    )
    return chosen(people, ~block.blank_number) if block.blank_number.any() else people


def _cins(code: str, block: Block, number: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """The CIN of those who have no number, without spaces around and in capitals; empty for the others."""
    cins = np.zeros(len(block), dtype=_EMPTY_CIN)
    if code in {"B04", "E04"}:
        at = np.flatnonzero(number == NO_IMMATRICULATION)
        if len(at):
            cins[at] = np.strings.upper(np.strings.strip(block.text(CIN, at), b" "))
    return cins


def chosen(people: People, which: NDArray[np.bool_] | NDArray[np.intp]) -> People:
    """Some of the lines, in the order given."""
    return People(**{name: getattr(people, name)[which] for name in _COLUMNS})


def together(parts: list[People]) -> People:
    """All the lines, by file then line inside each part that was given."""
    if not parts:
        return _nobody()
    if len(parts) == 1:
        return parts[0]
    return People(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS})


def in_order(parts: list[People]) -> list[People]:
    """The persons of one chunk, read type by type, put back in the order of the lines."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to mix
        return parts
    people = together(parts)
    return [chosen(people, np.lexsort((people.line, people.file)))]


def _nobody() -> People:
    types = {
        "file": np.int32,
        "line": np.int32,
        "record": np.int8,
        "number_readable": np.bool_,
        "cin": _EMPTY_CIN,
        "days": np.int16,
        "situation": np.int8,
        "children": np.int8,
        "rejected": np.bool_,
        "identity": np.uint64,
        "allowance": np.uint64,
    }
    return People(**{name: np.zeros(0, dtype=types.get(name, np.int64)) for name in _COLUMNS})


def reject_duplicates(people: People, remarks: Remarks) -> None:
    """Leave out the second and later lines of one person in one file, by number, or by CIN when there is none."""
    numbered = people.number_readable & (people.number != NO_IMMATRICULATION)
    numbered &= people.number != CASUAL_IMMATRICULATION
    keys = people.file * _FILE_SHIFT + people.number
    _reject_repeated(people, keys, numbered, _NUMBER_COLUMN, remarks)
    by_cin = people.cin.view(np.uint64) != 0
    known_by_cin = np.flatnonzero(by_cin)
    if len(known_by_cin):
        _, keys = np.unique(people.cin[known_by_cin], return_inverse=True)
        all_keys = np.zeros(len(people), dtype=np.int64)
        all_keys[known_by_cin] = people.file[known_by_cin] * _FILE_SHIFT + keys.reshape(-1)
        _reject_repeated(people, all_keys, by_cin, _CIN_COLUMN, remarks)


def _reject_repeated(
    people: People, keys: NDArray[np.int64], among: NDArray[np.bool_], column: int, remarks: Remarks
) -> None:
    chosen_keys = keys[among]
    if (chosen_keys[1:] > chosen_keys[:-1]).all():
        # The usual case: persons in ascending order, as the files ask.
        return
    ordered = np.sort(chosen_keys)
    if not (ordered[1:] == ordered[:-1]).any():
        return
    order = np.argsort(chosen_keys, kind="stable")
    repeated = np.zeros(len(order), dtype=np.bool_)
    repeated[order[1:]] = chosen_keys[order[1:]] == chosen_keys[order[:-1]]
    at = np.flatnonzero(among)[repeated]
    people.rejected[at] = True
    message = "Cette personne figure déjà plus haut dans le fichier : gardez une seule ligne."
    remarks.add(rules.DUPLICATE, people.file[at], people.line[at], column, message)


def check_sorted(people: People, remarks: Remarks) -> None:
    """Say once per list of a file where the numbers stop ascending."""
    same = (people.file[1:] == people.file[:-1]) & (people.record[1:] == people.record[:-1])
    same &= people.number_readable[1:] & people.number_readable[:-1]
    at = np.flatnonzero(same & (people.number[1:] < people.number[:-1])) + 1
    if not len(at):
        return
    lists = people.file[at] * _FILE_SHIFT + people.record[at]
    at = at[firsts(lists)]
    message = "Les lignes ne vont plus par numéro croissant à partir d'ici."
    remarks.add(rules.UNSORTED, people.file[at], people.line[at], _NUMBER_COLUMN, message)
