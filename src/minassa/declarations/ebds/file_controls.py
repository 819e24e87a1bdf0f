"""The controls of a whole file: header, keys repeated on each line, totals, name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.blocks import Block, is_blank
from minassa.declarations.ebds.figures import UNKNOWN
from minassa.declarations.ebds.layout import (
    AFFILIATION,
    CHILDREN,
    DAYS,
    HEADCOUNT,
    NAME,
    NUMBER,
    PERIOD,
    RECORDS,
    SITUATION,
    TRANSFER,
    FieldType,
)
from minassa.declarations.ebds.lines import SourceFile
from minassa.declarations.ebds.names import disagreements, file_name
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.ebds.table import (
    COMPLEMENTARY,
    ENTRANT_RANK,
    ENTRANT_SUMS,
    ENTRANT_TOTALS,
    GRAND_TOTALS,
    INSURED_RANK,
    INSURED_SUMS,
    INSURED_TOTALS,
    PREETABLI,
    PRINCIPAL,
    FileTable,
)
from minassa.vocabulary.identifiers import affiliation_key_holds

_NATURE, _EMPLOYER = RECORDS["B00"], RECORDS["B01"]
_CATEGORY_COLUMN = _NATURE.field("category").start
_FIRST_COMPLEMENT, _LAST_COMPLEMENT = ord("1"), ord("9")
_LABELS = "ABE"
_COUNTS = (HEADCOUNT, CHILDREN, DAYS)


def check_keys(block: Block, table: FileTable, remarks: Remarks) -> None:
    """Affiliation and period of each line against those of the header, once the header has been seen."""
    header = table.header_line[block.file]
    known = (header > 0) & (header < block.line) & block.readable
    other = (block.numbers[AFFILIATION] != table.affiliation[block.file]) & ~block.blank_affiliation & known
    at = np.flatnonzero(other)
    message = "Le numéro d'affilié n'est pas celui de l'en-tête du fichier."
    remarks.add(rules.AFFILIATION, block.file[at], block.line[at], block.start(AFFILIATION), message)
    at = np.flatnonzero((block.numbers[PERIOD] != table.period[block.file]) & known)
    message = "La période n'est pas celle de l'en-tête du fichier."
    remarks.add(rules.PERIOD, block.file[at], block.line[at], block.start(PERIOD), message)
    if block.blank_affiliation.any():
        at = np.flatnonzero(block.blank_affiliation)
        message = "Le numéro d'affilié n'est pas écrit sur cet entrant ; celui de l'en-tête est retenu."
        remarks.add(rules.NO_AFFILIATION, block.file[at], block.line[at], block.start(AFFILIATION), message)


def check_empty(block: Block, remarks: Remarks) -> None:
    """E02 designates nobody and declares nothing: affiliation, period and type are all it says."""
    amounts = [name for name in block.numbers if name not in {AFFILIATION, PERIOD}]
    busy = np.any([block.numbers[name] != 0 for name in amounts], axis=0)
    busy |= ~is_blank(block, NAME) | ~is_blank(block, SITUATION)
    at = np.flatnonzero(busy & block.readable)
    message = "Une déclaration complémentaire ne porte que des entrants (E04) : l'enregistrement E02 reste vide."
    remarks.add(rules.EMPTY_E02, block.file[at], block.line[at], block.start(NUMBER), message)


def complement_numbers(table: FileTable) -> NDArray[np.int8]:
    """The number of each complementary declaration, 0 for other files and where it is not written."""
    digit = table.category[:, 1]
    numbered = (table.family == COMPLEMENTARY) & (digit >= _FIRST_COMPLEMENT) & (digit <= _LAST_COMPLEMENT)
    return np.where(numbered, digit - ord("0"), 0).astype(np.int8)


def check_headers(table: FileTable, remarks: Remarks) -> None:
    """Category, month and key of the affiliation; figures that are not known for the month."""
    _check_category(table, remarks)
    known = table.header_line > 0
    no_month = known & (table.month == 0)
    _at_header(rules.MONTH, no_month, PERIOD, "La période n'est pas un mois écrit AAAAMM.", table, remarks)
    wrong_key = known & ~affiliation_key_holds(table.affiliation.astype(np.int64))
    message = "La clé du numéro d'affilié est fausse : vérifiez-le."
    _at_header(rules.AFFILIATION_KEY, wrong_key, AFFILIATION, message, table, remarks)
    declared = known & ~no_month & (table.family != PREETABLI)
    at = np.flatnonzero(declared & (table.ceiling == UNKNOWN))
    message = "Plafond inconnu pour cette période : le salaire plafonné n'est pas comparé au plafond."
    remarks.add(rules.NO_CEILING, at, np.zeros_like(at), 0, message)
    at = np.flatnonzero(declared & (table.wage == UNKNOWN))
    message = "SMIG inconnu pour cette période : les salaires ne sont pas comparés au SMIG."
    remarks.add(rules.NO_MINIMUM_WAGE, at, np.zeros_like(at), 0, message)


def _at_header(
    rule: rules.Rule, broken: NDArray[np.bool_], field: str, message: str, table: FileTable, remarks: Remarks
) -> None:
    at = np.flatnonzero(broken)
    remarks.add(rule, at, table.header_line[at], _EMPLOYER.field(field).start, message)


def _check_category(table: FileTable, remarks: Remarks) -> None:
    letter = np.frombuffer(_LABELS.encode(), dtype=np.uint8)[table.family]
    right = (table.category[:, 0] == letter) & (table.category[:, 1] == ord("0"))
    right = np.where(table.family == COMPLEMENTARY, (table.category[:, 0] == letter), right)
    right &= (table.family != COMPLEMENTARY) | (complement_numbers(table) > 0)
    at = np.flatnonzero((table.nature_line > 0) & ~right)
    message = "L_Cat doit valoir A0 (préétabli), B0 (principale) ou E1 à E9 (complémentaire)."
    remarks.add(rules.LABEL, at, table.nature_line[at], _CATEGORY_COLUMN, message)


def check_totals(table: FileTable, remarks: Remarks) -> None:
    """Every total against the lines before it, where all of these could be read."""
    whole = ~table.incomplete
    for rank, persons in ((INSURED_TOTALS, INSURED_RANK), (ENTRANT_TOTALS, ENTRANT_RANK)):
        for family in (PREETABLI, PRINCIPAL, COMPLEMENTARY):
            here = whole & (table.family == family) & (table.totals_line[rank] > 0)
            _compare(rules.TOTALS, rank, table.sums[persons], (family, here), table, remarks)
    parts = _common(table.totals[INSURED_TOTALS]) + table.totals[ENTRANT_TOTALS]
    read = np.all([table.totals_line[rank] > 0 for rank in table.totals], axis=0)
    for family in (PRINCIPAL, COMPLEMENTARY):
        _compare(rules.GRAND_TOTALS, GRAND_TOTALS, parts, (family, read & (table.family == family)), table, remarks)


def _common(insured: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of the insured totals that the entrant totals have too."""
    return insured[[INSURED_SUMS.index(name) for name in ENTRANT_SUMS]]


def _compare(
    rule: rules.Rule,
    rank: int,
    expected: NDArray[np.int64],
    where: tuple[int, NDArray[np.bool_]],
    table: FileTable,
    remarks: Remarks,
) -> None:
    """Each field of a record of totals against what is expected."""
    family, here = where
    code = f"{_LABELS[family]}0{rank}"
    if not here.any() or code not in RECORDS:
        return
    names = INSURED_SUMS if rank == INSURED_TOTALS else ENTRANT_SUMS
    for field in RECORDS[code].of_type(FieldType.NUMBER):
        if field.name not in names:
            continue
        row = names.index(field.name)
        written, right = table.totals[rank][row], expected[row]
        at = np.flatnonzero(here & (written != right))

        def say(place: int, at: NDArray[np.intp] = at, official: str = field.official, row: int = row) -> str:
            wanted, found = int(expected[row][at[place]]), int(table.totals[rank][row][at[place]])
            # Other sums would give away a number or a salary in a file of one person.
            detail = f" : {found} écrit, {wanted} attendu" if names[row] in _COUNTS else ""
            return f"Le total {official} est faux{detail}."

        remarks.add(rule, at, table.totals_line[rank][at], field.start, say)


def check_names(files: Sequence[SourceFile], table: FileTable, complements: NDArray[np.int8], remarks: Remarks) -> None:
    """The name of each file, if it has one, against its content, where the header could be read."""
    numbered = (table.family != COMPLEMENTARY) | (complements > 0)
    known = np.flatnonzero((table.header_line > 0) & (table.month > 0) & numbered)
    said = zip(
        known.tolist(),
        table.family[known].tolist(),
        table.affiliation[known].tolist(),
        table.period[known].tolist(),
        complements[known].tolist(),
        strict=True,
    )
    for file, family, affiliation, period, complement in said:
        name = files[file].name
        if not name or name == file_name(family, affiliation, period, complement):
            continue
        found = disagreements(name, family, affiliation, period, complement)
        if found is None:
            message = (
                "Nom de fichier hors convention : AFFEBDS_, DS_ ou DSCn_, affilié, période, .txt. Le contenu fait foi."
            )
            remarks.one(rules.NAME_FORM, file, 0, 0, message)
        elif found:
            message = f"Le nom du fichier contredit son contenu ({', '.join(found)}) : le contenu fait foi."
            remarks.one(rules.NAME, file, 0, 0, message)


TRANSFER_COLUMN = _NATURE.field(TRANSFER).start
"""Where the transfer reference stands, from 1."""
EMPLOYER_COLUMN = _EMPLOYER.field(AFFILIATION).start
"""Where the header stops being the record type, from 1."""
