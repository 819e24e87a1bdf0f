"""Opens a file of the bank safely: size, encoding and what stands before the root are known before any parser reads it.

No DOCTYPE is let through, so that no entity can unfold; no address is opened; depth and number of entries are bounded.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

LARGEST: Final = 32 << 20
"""Bytes: some fifty thousand entries."""
ENTRIES_AT_MOST: Final = 50_000
_PROLOGUE = 65_536
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00", b"\x4c\x6f\xa7\x94")
"""Marks and first bytes of UTF-16, UTF-32 and EBCDIC."""
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
_ACCEPTED = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:((pain\.002|camt\.053|camt\.054)\.001\.\d{2})")


class RefusedFile(Exception):
    """The file cannot be read; `code` says why. It never leaves the package: it becomes a finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bank: its kind (`pain.002`, `camt.053`, `camt.054`), its full name, its content."""

    kind: str
    name: str
    root: etree._Element


def open_message(content: bytes) -> Message:
    """The message in these bytes; RefusedFile with `too-large`, `encoding`, `doctype`, `not-xml` or `not-a-message`."""
    if len(content) > LARGEST:
        raise RefusedFile("too-large")
    text = content.removeprefix(_BOM)
    _check_encoding(text)
    if b"<!DOCTYPE" in text[:_PROLOGUE].upper():
        raise RefusedFile("doctype")
    root = _parsed(text)
    found = _NAMESPACE.fullmatch(etree.QName(root).namespace or "")
    if found is None or etree.QName(root).localname != "Document":
        raise RefusedFile("not-a-message")
    return Message(found[2], found[1], root)


def _check_encoding(text: bytes) -> None:
    declared = _DECLARED.match(text[:_PROLOGUE])
    if text.startswith(_OTHER_ENCODINGS) or (declared and declared[1].lower() not in _ACCEPTED):
        raise RefusedFile("encoding")
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise RefusedFile("encoding") from error


def _parsed(text: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        tree = etree.parse(io.BytesIO(text), parser)
    except etree.XMLSyntaxError as error:
        raise RefusedFile("not-xml") from error
    # Beyond what was looked through above, a DOCTYPE would show here.
    if tree.docinfo.internalDTD is not None or tree.docinfo.externalDTD is not None:
        raise RefusedFile("doctype")
    return tree.getroot()


def children(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """The elements found by going down a path of local names, whatever the version in the namespace."""
    if not path:
        yield element
        return
    for child in element.iterchildren("{*}" + path[0]):
        yield from children(child, *path[1:])


def first_text(element: etree._Element, *paths: str) -> str:
    """The text of the first path (`a/b/c`) that has one; empty when none has."""
    for path in paths:
        for found in children(element, *path.split("/")):
            if found.text and found.text.strip():
                return found.text.strip()
    return ""
