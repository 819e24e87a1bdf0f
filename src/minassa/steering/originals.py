"""The line of an original file as it may be shown: what was used underlined, what names people masked.

What a computation does not use about a person is masked too, the check sum of an e-BDS line among it: the CNSS number
could be found back from it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, runtime_checkable

from minassa.declarations.ebds.layout import RECORDS, FieldType
from minassa.declarations.packs import PackUnreadable
from minassa.steering.lexicon import word
from minassa.vocabulary.errors import MinassaError

DOT: Final = "•"
EBDS_SHOWN: Final = frozenset({"affiliation", "period", "days", "salary_real", "salary_capped", "situation"})
XML_USED: Final = frozenset({"periode", "nbrReductions", "mtRevenuBrutImposable", "mtAutresRetenues", "irPreleve"})
REGISTER_USED: Final = frozenset(
    {"nationalite", "contrat", "date_embauche", "date_sortie", "etablissement", "filiere", "intitule_poste"}
    | {"niveau_qualification", "autre_aide", "autre_aide_fin"}
)
ACCOUNTS_USED: Final = frozenset(
    {"affiliation", "exercice_du", "exercice_au", "chiffre_affaires", "chiffre_affaires_export_devises"}
    | {"resultat_fiscal", "impot_societes", "valeur_ajoutee", "depenses_formation"}
)
SHEET_USED: Final = frozenset(
    {"affiliation", "groupe", "debut_activite", "date_installation", "activite", "regime", "attestation_fiscale"}
    | {"attestation_cnss", "etablissement", "lieu", "lieu_du", "lieu_au"}
)
SHEET_SHOWN: Final = SHEET_USED | {"ice", "identifiant_fiscal", "rc", "raison_sociale"}
COLUMNS: Final = {
    "staff_register": (REGISTER_USED, REGISTER_USED),
    "yearly_accounts": (ACCOUNTS_USED, ACCOUNTS_USED | {"identifiant_fiscal"}),
    "firm_sheet": (SHEET_USED, SHEET_SHOWN),
}
"""Columns used, and columns shown, of the files made of columns."""
_ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*)>([^<]*)</\1>")


@runtime_checkable
class Originals(Protocol):
    """Whatever can show a line of an original file again."""

    def original_line(self, file_id: int, line: int) -> str:
        """The line as it was received."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: its text, masked where it must be, what it is, and whether the computation used it.

    `read` is what was read of a piece that was used; `after` what parts it from the next one in the file.
    """

    text: str
    what: str = ""
    used: bool = False
    masked: bool = False
    read: str = ""
    after: str = ""


def pieces_of(originals: Originals, kind: str, file_id: int, line: int) -> tuple[Piece, ...]:
    """The pieces of a line of a file of that kind (`cnss`, `simpl_ir_9421`, …); none when it cannot be read again."""
    try:
        text = originals.original_line(file_id, line)
        if kind == "cnss":
            return tuple(_ebds(text))
        if kind == "simpl_ir_9421":
            return tuple(_xml(text))
        return tuple(_columns(kind, originals.original_line(file_id, 1), text))
    except (PackUnreadable, MinassaError):
        return ()


def masked(text: str) -> str:
    """A text with every letter and digit hidden; its length tells nothing when it is padded with spaces."""
    return re.sub(r"\S", DOT, " ".join(text.split()))


def _ebds(text: str) -> Iterable[Piece]:
    record = RECORDS.get(text[:3])
    if record is None:
        yield Piece(masked(text), masked=True)
        return
    yield Piece(text[:3], word("columns", "type"))
    for field in record.fields:
        raw = text[field.columns]
        if field.type is FieldType.BLANK or not raw:
            continue
        shown = field.name in EBDS_SHOWN
        what = f"{word('columns', field.name)}, colonnes {field.start} à {field.end}"
        used = shown and field.name != "affiliation"
        yield Piece(raw if shown else masked(raw), what, used=used, masked=not shown, read=raw.strip())


def _xml(text: str) -> Iterable[Piece]:
    """The elements that hold a text, in order; those that were not used are masked."""
    for tag, content in _ELEMENT.findall(text):
        used = tag in XML_USED
        hidden = content if used else masked(content)
        yield Piece(f"<{tag}>{hidden}</{tag}>", word("columns", tag), used=used, masked=not used, read=hidden)


def _columns(kind: str, heading: str, line: str) -> Iterable[Piece]:
    used, shown = COLUMNS[kind]
    names, cells = _cells(heading, heading), _cells(line, heading)
    for name, cell in zip((n.strip().lower() for n in names), cells, strict=False):
        here = name in shown
        text = cell if here else masked(cell)
        yield Piece(text, word("columns", name), used=name in used, masked=not here, read=text, after=";")


def _cells(text: str, heading: str) -> Sequence[str]:
    separator = max(";,", key=heading.count)
    return next(csv.reader(io.StringIO(text), delimiter=separator), [])


def finder(tables: object) -> Callable[[str, int, int], tuple[Piece, ...]]:
    """How lines are found again in these tables; nothing is found where they hold no original files."""
    return partial(pieces_of, tables) if isinstance(tables, Originals) else nothing


def nothing(kind: str, file_id: int, line: int) -> tuple[Piece, ...]:
    """No line at all: the files are not kept here."""
    del kind, file_id, line
    return ()
