"""What is refused at the door, before anything is kept: what is not what its name says, and what would do harm."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

from minassa.intake.limits import Limits
from minassa.intake.names import problem_of_name
from minassa.intake.storage import HEAD, Draft

_ZIP: Final = b"PK\x03\x04"
_ARCHIVES: Final = (".zip", ".xlsx", ".xlsm", ".jar", ".7z", ".gz", ".rar", ".tar", ".bz2", ".xz", ".cab", ".iso")
_FOREIGN: Final = (b"%PDF", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")
_FOREIGN_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"PK\x05\x06", b"PK\x07\x08")
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|object)[\s>/]", re.IGNORECASE)
_ENTITIES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED: Final = 0x1
_TEXTS: Final = frozenset({".txt", ".csv"})
_KNOWN: Final = frozenset({".txt", ".csv", ".xml", ".zip", ".xlsx"})
# zipfile lets all of these through on a hostile archive; RuntimeError is how it says "encrypted".
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError)


def problem_of(draft: Draft, limits: Limits) -> str:
    """The code of what forbids keeping a draft that is whole (`empty`, `html`, `zip-bomb`…), "" when it may be kept."""
    if not draft.size:
        return "empty"
    suffix = PurePosixPath(draft.name.lower()).suffix
    if suffix not in _KNOWN:
        return "extension"
    start = draft.head.removeprefix(_MARKS[0]).lstrip(b" \t\r\n")
    if draft.head.startswith((*_FOREIGN, *_FOREIGN_ARCHIVES)):
        return "type"
    if draft.head.startswith(_ZIP):
        return "type" if suffix in _TEXTS else _of_archive(draft, limits, suffix)
    return "type" if suffix in {".zip", ".xlsx"} else _of_text(draft, start, suffix)


def _of_text(draft: Draft, start: bytes, suffix: str) -> str:
    """What is wrong with a file that is not an archive."""
    if draft.has_nul or draft.head.startswith(_MARKS[1:]):
        return "encoding"
    if _HTML.match(start) or _HTML.search(draft.head[:4096]):
        return "html"
    is_xml = start.startswith(b"<")
    if is_xml != (suffix == ".xml"):
        return "type"
    return "xml-entities" if is_xml and _ENTITIES.search(draft.head) else ""


def _of_archive(draft: Draft, limits: Limits, suffix: str) -> str:
    try:
        with draft.reader() as reader, zipfile.ZipFile(reader) as archive:
            members = archive.infolist()
            return _unfolds(members, draft.size, limits) or _of_members(archive, members) or _of_kind(members, suffix)
    except _BROKEN:
        return "zip-broken"


def _unfolds(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> str:
    """What comes out of an archive by its own word; Python reads no member beyond the size it announces."""
    out = sum(member.file_size for member in members)
    if len(members) > limits.members or out > limits.unzipped_bytes:
        return "zip-bomb"
    return "zip-bomb" if out > limits.free and out > limits.ratio * size else ""


def _of_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    """The first thing that is wrong in what an archive holds."""
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            return "zip-encrypted"
        parts = PurePosixPath(member.filename.rstrip("/")).parts
        if member.filename.startswith("/") or any(_tricky(part) for part in parts):
            return "zip-names"
        if member.filename.lower().endswith(_ARCHIVES):
            return "zip-nested"
        if member.filename.lower().endswith("vbaproject.bin"):
            return "macros"
        problem = "" if member.is_dir() else _of_member(archive, member)
        if problem:
            return problem
    return ""


def _tricky(part: str) -> bool:
    # Workbooks hold folders named `_rels` and files named `.rels`: a single dot in front is theirs.
    return problem_of_name(part.removeprefix(".")) in {"name-path", "name-hidden", "name-device", "name-empty"}


def _of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    with archive.open(member) as stream:
        head = stream.read(HEAD)
    if head.startswith((_ZIP, *_FOREIGN_ARCHIVES, b"\x1f\x8b")):
        return "zip-nested"
    return "xml-entities" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _ENTITIES.search(head) else ""


def _of_kind(members: list[zipfile.ZipInfo], suffix: str) -> str:
    """Whether the archive is what its name says: a workbook, or one XML alone."""
    names = [member.filename for member in members if not member.is_dir()]
    if suffix == ".xlsx":
        return "" if "xl/workbook.xml" in names else "type"
    return "" if len(names) == 1 and names[0].lower().endswith(".xml") else "zip-content"
