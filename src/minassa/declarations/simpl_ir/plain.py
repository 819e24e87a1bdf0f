"""Statements laid out plainly, as payroll programs do: cut with regular expressions, several times faster than parsed.

What is not certain to be read exactly as `walk` would read it is left to `walk`: attributes, comments, entities,
elements in another order, unknown or given twice, and anything that is not well-formed XML in UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from minassa.declarations.simpl_ir.layout import (
    CODE,
    EXEMPT_ELEMENT,
    HEADER_NAMES,
    PAYMENTS,
    PEOPLE,
    ROOT,
    SECTIONS,
    Field,
    Kind,
    Section,
)
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.walk import BATCH, Batch, Texts, header_tag

LARGEST: Final = 8 << 20
"""Bytes: libxml2 refuses a text of ten million characters, which a file of that size cannot hold."""

_UNSURE = ((b"&", b"&"), (b"!", b"<!"), (b"]", b"]]>"), (b"\xbf", b"\xef\xbf\xbe"), (b"\xbf", b"\xef\xbf\xbf"))
"""What is not plain, after a byte of it, which is far faster to look for."""
_LONGEST_DETAILS = 100_000
"""Characters: more might be the measureless element that `walk` refuses."""
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_BLANKS = "[ \\t\\r\\n]*"
_TEXT = "[^<\\r]*"
# A capital would open a member of a list, which may stand nowhere else.
_LEAF = "[a-z][A-Za-z0-9]*"
_NAME = "[A-Za-z][A-Za-z0-9]*"
_DETAILS = (EXEMPT_ELEMENT, "DetailPaiementTraitementSalaire")
_CODED = f"{_BLANKS}<{CODE}>({_TEXT})</{CODE}>{_BLANKS}"


def _element(number: int, text: str, code: str) -> str:
    """Any element that holds a text or a code; `number` is that of the group of its name."""
    return f"{_BLANKS}<({_LEAF})(?:/>|>(?:{text}|{_BLANKS}<{CODE}>{code}</{CODE}>{_BLANKS})</\\{number}>)"


def _detail(number: int) -> str:
    """A detail, which holds such elements."""
    return f"{_BLANKS}<({'|'.join(_DETAILS)})>((?:{_element(number + 2, _TEXT, _TEXT)})*){_BLANKS}</\\{number}>"


_OPENING: Final = re.compile(
    f"""(?:<\\?xml version=["']1\\.0["'](?: encoding=["'](?:UTF|utf)-8["'])?[ ]?\\?>{_BLANKS})?<{ROOT}>"""
)
_CLOSING: Final = re.compile(f"{_BLANKS}</{ROOT}>{_BLANKS}")
_ELEMENT: Final = re.compile(_element(1, f"({_TEXT})", f"({_TEXT})"))
_LIST: Final = re.compile(f"{_BLANKS}<({_NAME})>{_BLANKS}(?=<)")
_DETAIL: Final = re.compile(_detail(1))
_BY_LIST: Final = {section.list_tag: section for section in SECTIONS}
_CUT: Final = {section.tag: section for section in (*PEOPLE, PAYMENTS)}
"""The lists whose members are cut here: the elements of the others have no known order."""


class _NotPlain(Exception):
    """Something is not as plain as it must be."""


class PlainStatement:
    """One statement, read whole: the same as a `Walk` gives."""

    def __init__(self, content: bytes) -> None:
        """Read it; `_NotPlain` when it is not certain to be read exactly."""
        self.header: Texts = {}
        self.unknown: dict[tuple[str, str], Spot] = {}
        self.repeated: list[str] = []
        self.members = 0
        self._batches: list[Batch] = []
        self._text = content.decode()
        self._is_ascii = content.isascii()
        self._counted, self._offset, self._line = 0, 0, 1
        opening = _OPENING.match(self._text)
        if opening is None:
            raise _NotPlain
        at = opening.end()
        while not (closing := _CLOSING.match(self._text, at)):
            at = self._child(at)
        if closing.end() != len(self._text):
            raise _NotPlain

    def batches(self) -> Iterator[Batch]:
        """The members of the lists, in the order of the file."""
        yield from self._batches

    def _child(self, at: int) -> int:
        """Read the child of the root that opens there; where it ends."""
        element = _ELEMENT.match(self._text, at)
        if element is None:
            return self._list(at)
        tag, text, code = element.groups()
        if tag not in _BY_LIST:
            self._head(tag, text or code or None)
        elif code is not None or (text or "").strip(" \t\r\n"):
            raise _NotPlain
        return element.end()

    def _head(self, given: str, text: str | None) -> None:
        tag = header_tag(given)
        if tag is None or tag in self.header:
            raise _NotPlain
        self.header[tag] = "" if tag in HEADER_NAMES else text

    def _list(self, at: int) -> int:
        opening = _LIST.match(self._text, at)
        section = _BY_LIST.get(opening[1]) if opening else None
        if opening is None or section is None or section.tag not in _CUT:
            raise _NotPlain
        pattern, at = _member(section.tag), opening.end()
        while member := pattern.match(self._text, at):
            self._note(section, member)
            at = member.end()
        closing = f"</{section.list_tag}>"
        if not self._text.startswith(closing, at):
            raise _NotPlain
        return at + len(closing)

    def _note(self, section: Section, member: re.Match[str]) -> None:
        if not self._batches or self._batches[-1].section is not section or len(self._batches[-1].rows) >= BATCH:
            self._batches.append(Batch(section))
        batch, read = self._batches[-1], len(section.read)
        texts = member.groups()
        if section.details and texts[read]:
            if len(texts[read]) > _LONGEST_DETAILS:
                raise _NotPlain
            batch.details.extend((len(batch.rows), _part(part[2])) for part in _DETAIL.finditer(texts[read]))
        self._advance(member.start())
        batch.rows.append(texts[:read])
        batch.offsets.append(self._offset)
        batch.lines.append(self._line)
        self.members += section.category is not None

    def _advance(self, at: int) -> None:
        """Count bytes and lines up to a member: members are met in the order of the file."""
        self._line += self._text.count("\n", self._counted, at)
        self._offset += at - self._counted if self._is_ascii else len(self._text[self._counted : at].encode())
        self._counted = at


def plain_statement(content: bytes) -> PlainStatement | None:
    """The statement when it is laid out plainly, None when it is left to `walk`."""
    if len(content) > LARGEST or any(byte in content and mark in content for byte, mark in _UNSURE):
        return None
    if len(content.translate(None, _CONTROLS)) != len(content):
        return None
    try:
        return PlainStatement(content)
    except (_NotPlain, UnicodeDecodeError):
        return None


@cache
def _member(tag: str) -> re.Pattern[str]:
    """A member: its elements in their order, any of which may be left out; a group for each one that is read."""
    section = _CUT[tag]
    parts = [_field(each) for each in section.fields]
    for details in section.details:
        inside = f"((?:{_detail(len(section.read) + 2)})*){_BLANKS}"
        parts.append(f"(?:<{details}(?:/>|>{inside}</{details}>){_BLANKS})?")
    return re.compile(f"<{tag}>{_BLANKS}{''.join(parts)}</{tag}>{_BLANKS}")


def _field(field: Field) -> str:
    text = _TEXT if field.kind is Kind.NAME else f"({_TEXT})"
    inside = f"(?:{_CODED})?" if field.kind is Kind.CODED else text
    return f"(?:<{field.tag}(?:/>|>{inside}</{field.tag}>){_BLANKS})?"


def _part(inside: str) -> Texts:
    """The elements of a detail; the last one counts when one is given twice."""
    return {tag: code or text or None for tag, text, code in _ELEMENT.findall(inside)}
