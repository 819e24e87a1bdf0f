"""What a form is: the columns that a firm fills in, what each may hold, and why it is asked."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

REMARK = "remarque"
"""A column that every form admits and nobody reads, but for the mark of example rows."""
EXAMPLE = "exemple synthétique"
"""What the remark of an example row begins with."""


class Kind(StrEnum):
    """What a cell may hold."""

    NUMBER = "nombre entier"
    AMOUNT = "montant en dirhams"
    SIGNED_AMOUNT = "montant en dirhams, négatif permis"
    DAY = "date"
    MONTH = "mois"
    CODE = "code"
    TEXT = "texte"
    NAME = "nom"
    """Asked so that people find their way in the file; never read into memory."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, our name, what it may hold, and how the template explains it (French)."""

    heading: str
    name: str
    kind: Kind
    meaning: str
    layout: str
    reason: str
    used_by: str
    required: bool = False
    codes: Mapping[str, int | str] = field(default_factory=dict)
    digits: int = 9
    examples: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of sheet: its columns in order, the prefix of its rules, the pattern of its file names."""

    kind: str
    prefix: str
    title: str
    file_name: str
    """Regular expression with the groups `affiliation` and, unless the form is of no period, `period`."""
    file_example: str
    columns: tuple[Column, ...]

    def column(self, heading: str) -> Column:
        """The column of a heading; KeyError when the form has none."""
        return {column.heading: column for column in self.columns}[heading]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in order."""
        return tuple(column.heading for column in self.columns)

    @property
    def read(self) -> tuple[str, ...]:
        """The headings that are read: all but those of names."""
        return tuple(column.heading for column in self.columns if column.kind is not Kind.NAME)


def nearest(text: str, known: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """The word somebody probably meant, among the known ones; None when nothing is near."""
    folded = {word.casefold(): word for word in known}
    found = difflib.get_close_matches(text.strip().casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None
