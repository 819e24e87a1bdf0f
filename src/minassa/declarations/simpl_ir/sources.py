"""Opening a statement: plain or zipped XML, with limits against ZIP bombs, and what stands before the root element.

Nothing reaches the XML parser before the encoding, the absence of DOCTYPE and the name of the root are known.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from minassa.declarations.simpl_ir.layout import ROOT
from minassa.declarations.simpl_ir.refusals import Refused

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00", b"\x4c\x6f\xa7\x94")
"""Marks and first bytes of UTF-16, UTF-32 and EBCDIC."""
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
_ACCEPTED = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_NAME = re.compile(rb"<([^\s/>!?<]+)[\s/>]")
_PROLOGUE = 65_536
_BLANKS = b" \t\r\n"
_ENCRYPTED = 0x1
# zipfile lets all of these through on a hostile archive; RuntimeError is how it says "encrypted".
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a zipped statement may unfold, in bytes. The ratio counts only once `free` bytes have come out."""

    expanded: int = 4 << 30
    ratio: int = 200
    free: int = 16 << 20


@contextmanager
def opened(source: bytes | Path, limits: Limits) -> Iterator[BinaryIO]:
    """The XML of a statement as a stream of bytes, without its byte order mark; unzipped on the way if need be.

    Raises Refused for an archive that is broken, encrypted, holds anything but one XML, or unfolds beyond the limits.
    """
    with _raw(source) as raw:
        head = raw.read(4)
        raw.seek(0)
        if head in {_ZIP, _EMPTY_ZIP}:
            with _unzipped(raw, limits) as stream:
                yield _after_mark(stream)
        else:
            yield _after_mark(raw)


def _raw(source: bytes | Path) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _after_mark(stream: BinaryIO) -> BinaryIO:
    """The stream as if it began after the byte order mark: offsets count from there."""
    head = stream.read(len(_BOM))
    start = len(_BOM) if head == _BOM else 0
    stream.seek(start)
    return cast("BinaryIO", _From(stream, start)) if start else stream


class _From(io.RawIOBase):
    """A stream whose first byte is at `start` of another."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._start = start

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        return self._stream.seek(offset + self._start) - self._start


@contextmanager
def _unzipped(raw: BinaryIO, limits: Limits) -> Iterator[BinaryIO]:
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(raw))
            member = _only_xml(archive)
            stream = stack.enter_context(archive.open(member))
        except _BROKEN_ARCHIVE as problem:
            raise _broken() from problem
        yield cast("BinaryIO", _Limited(stream, member.compress_size, limits))


def _broken() -> Refused:
    return Refused("SIMPL-ZIP", "L'archive ZIP est abîmée : recréez-la et déposez-la de nouveau.")


def _only_xml(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1 or not members[0].filename.lower().endswith(".xml"):
        raise Refused("SIMPL-ZIP", "L'archive ZIP doit contenir un seul fichier, en .xml : refaites-la ainsi.")
    if members[0].flag_bits & _ENCRYPTED:
        raise Refused("SIMPL-ZIP", "L'archive ZIP est protégée par un mot de passe : déposez-la sans mot de passe.")
    return members[0]


class _Limited(io.RawIOBase):
    """What comes out of an archive, counted: beyond the limits, reading stops with Refused."""

    def __init__(self, stream: IO[bytes], compressed: int, limits: Limits) -> None:
        self._stream = stream
        self._most = min(limits.expanded, max(limits.free, compressed * limits.ratio))
        self._offset = 0

    def read(self, size: int = -1) -> bytes:
        # Asking for one byte too many shows that there is more than allowed, without unfolding it.
        room = self._most + 1 - self._offset
        try:
            data = self._stream.read(room if size < 0 else min(size, room))
        except _BROKEN_ARCHIVE as problem:
            raise _broken() from problem
        self._offset += len(data)
        if self._offset > self._most:
            raise Refused(
                "SIMPL-ZIP-BOMBE",
                "L'archive ZIP se déplie au-delà de toute déclaration réelle : déposez le fichier .xml lui-même.",
            )
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._offset = self._stream.seek(offset, whence)
        return self._offset


def check_prologue(stream: BinaryIO) -> None:
    """Refuse a statement whose beginning is wrong, and put the stream back at its start.

    Refused: nothing in it, an encoding other than UTF-8, a DOCTYPE (so no entity either), another root element.
    """
    head = stream.read(_PROLOGUE)
    stream.seek(0)
    if not head.strip(_BLANKS):
        raise Refused("SIMPL-VIDE", "Le fichier est vide : exportez de nouveau la déclaration.")
    _check_encoding(head)
    start = _root_start(head)
    if start is None:
        return
    name = _NAME.match(head, start)
    if name is None or name[1] != ROOT.encode():
        message = f"L'élément racine n'est pas {ROOT} : ce n'est pas une déclaration 9421 (traitements et salaires)."
        raise Refused("SIMPL-RACINE", message, *_place(head, start))


def _check_encoding(head: bytes) -> None:
    message = "Le fichier n'est pas en UTF-8 : exportez-le de nouveau en UTF-8."
    if head.startswith(_OTHER_ENCODINGS):
        raise Refused("SIMPL-ENCODAGE", message, 1, 1)
    declared = _DECLARED.match(head)
    if declared and declared[1].lower() not in _ACCEPTED:
        raise Refused("SIMPL-ENCODAGE", message, *_place(head, declared.start(1)))


def _root_start(head: bytes) -> int | None:
    """Where the root element begins; None when something else does, which the XML parser will say better."""
    at = 0
    while True:
        while head[at : at + 1].isspace():
            at += 1
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 4)
        elif head.startswith(b"<?", at):
            end = head.find(b"?>", at + 2) + 1
        elif head.startswith(b"<!", at):
            message = "Le fichier contient un DOCTYPE, jamais présent dans une déclaration : exportez-la de nouveau."
            raise Refused("SIMPL-DOCTYPE", message, *_place(head, at))
        else:
            return at if head.startswith(b"<", at) else None
        if end <= 0:
            _refuse_hidden_root(head)
            return None
        at = head.index(b">", end) + 1


def _refuse_hidden_root(head: bytes) -> None:
    """A comment that never ends: malformed when the file is short, refused when it hides what follows."""
    if len(head) == _PROLOGUE:
        raise Refused("SIMPL-RACINE", "Aucun élément racine au début du fichier : exportez de nouveau la déclaration.")


def _place(head: bytes, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a byte of the beginning of the file."""
    before = head[:at]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode("utf-8", errors="replace")) + 1
