"""The first controls of a record: digits where digits stand, spaces in the filler, accepted characters in the text."""

from __future__ import annotations

import string
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.blocks import SLICE, Block, Plan
from minassa.declarations.ebds.digits import Bytes, Mask
from minassa.declarations.ebds.layout import NUMBER, RECORD_LENGTH, FieldType
from minassa.declarations.ebds.lines import STRIDE
from minassa.declarations.ebds.remarks import Remarks

Rows = NDArray[np.intp]

_ASCII = 128
_ACCEPTED, _REFUSED, _ACCENT = 0, 1, 2
_ALPHABET = frozenset((string.ascii_uppercase + string.digits + " \t").encode())
_CLASSES = bytes(_ACCEPTED if byte in _ALPHABET else _REFUSED if byte < _ASCII else _ACCENT for byte in range(256))

_RULES = {FieldType.NUMBER: rules.DIGITS, FieldType.DATE: rules.DATE, FieldType.BLANK: rules.FILLER}
_SAID = {
    FieldType.NUMBER: "Seuls des chiffres sont attendus ici, complétés à gauche par des zéros.",
    FieldType.DATE: "Une date s'écrit AAAAMMJJ, en chiffres.",
    FieldType.BLANK: "La fin de l'enregistrement ne contient que des espaces.",
}
_TEXT_SAID = {
    rules.CHARACTER: (_REFUSED, "Caractère non admis : écrivez en capitales, sans ponctuation ni minuscule."),
    rules.NON_ASCII: (_ACCENT, "Octet hors ASCII (accent, UTF-8) : écrivez sans accents, un octet par caractère."),
}


def check_characters(block: Block, remarks: Remarks, *, person: bool) -> None:
    """Say where a byte is not of its field, once per record and kind of field; mark what cannot be read."""
    rows = _suspects(block, _strange)
    if len(rows):
        strange = _strange(block.rows[rows], block.plan)
        unreadable = _say(block, rows, strange, FieldType.NUMBER, remarks, person=person)
        _say(block, rows, strange, FieldType.DATE, remarks, person=person)
        _say(block, rows, strange, FieldType.BLANK, remarks, person=person)
        block.readable[unreadable] = False
        block.rejected[unreadable] = True
        _forget(block, rows, strange)
    if block.plan.text.stop:
        _check_text(block, remarks)


def _strange(rows: Bytes, plan: Plan) -> Mask:
    """Where a byte cannot stand in its field: other than digits in a number, than spaces in the filler."""
    size = len(rows) * STRIDE
    if rows.shape[1] == STRIDE and size <= len(plan.lowest):
        # End to end: twice as fast than record by record.
        strange: Mask = rows.reshape(size) - plan.lowest[:size] > plan.spread[:size]
        return strange.reshape(rows.shape)
    return rows[:, :RECORD_LENGTH] - plan.lowest[:RECORD_LENGTH] > plan.spread[:RECORD_LENGTH]


def _text_classes(rows: Bytes, plan: Plan) -> Bytes:
    """The class of each byte of the text, by column of the text; 0 is accepted."""
    classes: Bytes = np.frombuffer(rows[:, plan.text].tobytes().translate(_CLASSES), dtype=np.uint8)
    return classes.reshape(len(rows), plan.text.stop - plan.text.start)


def _suspects(block: Block, test: Callable[[Bytes, Plan], Bytes | Mask]) -> Rows:
    """The rows where a test is not zero everywhere. Few rows at a time: what they take stays in the cache."""
    found = []
    for first in range(0, len(block), SLICE):
        tested = test(block.rows[first : first + SLICE], block.plan)
        if tested.any():
            found.append(np.flatnonzero(tested.any(axis=1)) + first)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.intp)


def _say(block: Block, rows: Rows, strange: Mask, type_: FieldType, remarks: Remarks, *, person: bool) -> Rows:
    """The rows, among ``rows``, where a field of this type holds something else; said at its first column."""
    columns = block.plan.columns[type_]
    found = strange[:, columns]
    hit = found.any(axis=1)
    at = rows[hit]
    if len(at):
        first = columns[found[hit].argmax(axis=1)] + 1
        rule = _RULES[type_] if person or type_ is not FieldType.NUMBER else rules.HEADER_DIGITS
        remarks.add(rule, block.file[at], block.line[at], first, _SAID[type_])
    return at


def _forget(block: Block, rows: Rows, strange: Mask) -> None:
    """A number that cannot be read is known to be so; a date that cannot be read becomes 0, unknown."""
    for field in block.plan.record.of_type(FieldType.NUMBER, FieldType.DATE):
        if field.name == NUMBER:
            block.number_readable = np.ones(len(block), dtype=np.bool_)
            block.number_readable[rows] = ~strange[:, field.columns].any(axis=1)
        elif field.type is FieldType.DATE:
            block.numbers[field.name][rows[strange[:, field.columns].any(axis=1)]] = 0


def _check_text(block: Block, remarks: Remarks) -> None:
    rows = _suspects(block, _text_classes)
    if not len(rows):
        return
    classes = _text_classes(block.rows[rows], block.plan)
    for rule, (class_, message) in _TEXT_SAID.items():
        found = classes == class_
        hit = found.any(axis=1)
        at = rows[hit]
        columns = found[hit].argmax(axis=1) + block.plan.text.start + 1 if len(at) else at
        remarks.add(rule, block.file[at], block.line[at], columns, message)
