"""Lines of declarations without the persons: names, CIN and CNSS numbers covered, every column where it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from minassa.declarations.ebds.layout import CIN, NAME, NUMBER, RECORDS
from minassa.declarations.kinds import FIRM_SHEET, STAFF_REGISTER, YEARLY_ACCOUNTS
from minassa.intake.spans import EBDS

COVER: Final = "•"
_PERSONAL_FIELDS: Final = (NUMBER, NAME, CIN)
_PERSONS: Final = frozenset({"A02", "B02", "B04", "E02", "E04"})
_TOTALS: Final = frozenset({"A00", "A01", "A03", "B00", "B01", "B03", "B05", "B06", "E00", "E01", "E03", "E05", "E06"})
_KEYS: Final = 16
"""Columns of the type, the affiliation and the period, which name nobody."""
_PERSONAL_HEADINGS: Final = frozenset({"num_cnss", "cin", "nom", "prenom", "remarque"})
_WORD: Final = re.compile(r"\w")
_TAG: Final = re.compile(r"(</?[A-Za-z_][\w.:-]*)([^<>]*)(>)")


def covered(text: str) -> str:
    """The text with each letter and digit covered."""
    return _WORD.sub(COVER, text)


def mask(kind: str, text: str, headings: Sequence[str]) -> str:
    """A line of a file of that kind as someone may see it who may not know the persons.

    `headings` are those of a CSV. What is not understood is covered whole.
    """
    if kind in EBDS:
        return _fixed(text)
    if kind in {YEARLY_ACCOUNTS, FIRM_SHEET}:
        return text
    return _delimited(text, headings) if kind == STAFF_REGISTER else _markup(text)


def mask_cells(kind: str, cells: Sequence[str], headings: Sequence[str]) -> list[str]:
    """The cells of a row of a workbook, likewise."""
    if kind in {YEARLY_ACCOUNTS, FIRM_SHEET} or [cell.strip().lower() for cell in cells] == list(headings):
        return list(cells)
    known = [*headings, *[""] * (len(cells) - len(headings))]
    open_to_all = [bool(heading) and heading not in _PERSONAL_HEADINGS for heading in known]
    return [cell if free else covered(cell) for cell, free in zip(cells, open_to_all, strict=False)]


def _fixed(text: str) -> str:
    """A record of fixed width: its personal fields covered; whole, but for its keys, when it is of no known type."""
    code = text[:3]
    if code in _TOTALS:
        return text
    if code not in _PERSONS or len(text) != len(text.encode("latin-1", errors="replace")):
        return text[:_KEYS] + covered(text[_KEYS:])
    for field in RECORDS[code].fields:
        if field.name in _PERSONAL_FIELDS:
            text = text[: field.start - 1] + covered(text[field.columns]) + text[field.end :]
    return text


def _delimited(text: str, headings: Sequence[str]) -> str:
    """A line of a CSV, cut at separators outside quotation marks; whole when it has not the cells it should have."""
    cells = re.split(r"([;,](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$))", text)
    values = cells[::2]
    if [value.strip().strip('"').lower() for value in values] == list(headings):
        return text
    if len(values) != len(headings):
        return covered(text)
    for rank, heading in enumerate(headings):
        if heading in _PERSONAL_HEADINGS:
            cells[2 * rank] = covered(cells[2 * rank])
    return "".join(cells)


def _markup(text: str) -> str:
    """A line of XML: the names of its elements stay, all that they hold is covered."""
    out, at = [], 0
    for tag in _TAG.finditer(text):
        out += [covered(text[at : tag.start()]), tag[1], covered(tag[2]), tag[3]]
        at = tag.end()
    return "".join([*out, covered(text[at:])])
