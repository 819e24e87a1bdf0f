"""How long the place of a finding is on its line: the field, the cell or the tag that begins there."""

from __future__ import annotations

from collections.abc import Iterable

from minassa.declarations.ebds.layout import RECORDS
from minassa.declarations.kinds import EBDS_COMPLEMENTARY, EBDS_PREETABLI, EBDS_PRINCIPAL, SIMPL_IR_9421

EBDS = frozenset({EBDS_PREETABLI, EBDS_PRINCIPAL, EBDS_COMPLEMENTARY})
LONGEST = 32_000
_LONGEST_TAG = 200


def lengths(kind: str, content: bytes, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Characters from each place (line, column, both from 1) to the end of what stands there; 0 for a whole line.

    A cell of a workbook, which has no characters to count, is 1 long.
    """
    asked = sorted({place for place in places if place[0] > 0})
    if content.startswith(b"PK\x03\x04") and kind != SIMPL_IR_9421:
        return {place: 1 if place[1] else 0 for place in asked}
    if not asked or content.startswith(b"PK\x03\x04"):
        return dict.fromkeys(asked, 0)
    lines = content.split(b"\n", asked[-1][0])
    return {place: _length(kind, lines[place[0] - 1], place[1]) if place[0] <= len(lines) else 0 for place in asked}


def _length(kind: str, line: bytes, column: int) -> int:
    if column < 1:
        return 0
    if kind in EBDS:
        return _field(line, column)
    text = line.removesuffix(b"\r").decode("utf-8", errors="replace")[column - 1 : column - 1 + LONGEST]
    return _tag(text) if kind == SIMPL_IR_9421 else _cell(text)


def _field(line: bytes, column: int) -> int:
    """From the column to the end of the field of the record that holds it."""
    record = RECORDS.get(line[:3].decode("latin-1"))
    if record is None or column <= len(record.code):
        return min(3, max(len(line) - column + 1, 0))
    end = next((field.end for field in record.fields if field.start <= column <= field.end), column)
    return max(min(end, len(line.rstrip(b"\r"))) - column + 1, 1)


def _cell(text: str) -> int:
    """To the separator that ends the cell, marks of quotation understood."""
    quoted = False
    for at, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character in ";," and not quoted:
            return max(at, 1)
    return max(len(text), 1)


def _tag(text: str) -> int:
    """An element that ends on the line with its text, else its opening tag."""
    end = text.find(">") + 1
    closing = text.find("</", end)
    if end and closing >= 0 and "<" not in text[end:closing] and closing < _LONGEST_TAG:
        return max(text.find(">", closing) + 1, end)
    return min(end or len(text), _LONGEST_TAG) or 1
