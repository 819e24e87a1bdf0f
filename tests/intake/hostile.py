"""Files meant to harm, each with the code of what it must be refused for; every one bears a name that is admitted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

Hostile = tuple[str, bytes, str]


def archive(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", packing) as made:
        for name, content in members:
            made.writestr(name, content)
    return into.getvalue()


def lying(content: bytes) -> bytes:
    """An archive whose member says that it is protected by a password."""
    broken = bytearray(archive(("a.xml", content)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        broken[broken.index(mark) + place] |= 1
    return bytes(broken)


ROOT = b"<?xml version='1.0'?><TraitementEtSalaire/>"
ENTITY = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'cc'>]><TraitementEtSalaire>&b;</TraitementEtSalaire>"
BOOK = ("xl/workbook.xml", b"<workbook/>")

HOSTILE: dict[str, Callable[[], Hostile]] = {
    "empty": lambda: ("DS_9900003_202510.txt", b"", "empty"),
    "program under a right name": lambda: ("DS_9900003_202510.txt", b"MZ\x90\x00" + bytes(400), "type"),
    "picture under a right name": lambda: ("REGISTRE_9900003_202510.csv", b"\x89PNG\r\n\x1a\n" + bytes(60), "type"),
    "pdf under a right name": lambda: ("FICHE_9900003.xlsx", b"%PDF-1.7 ...", "type"),
    "old workbook": lambda: ("FICHE_9900003.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "type"),
    "text named workbook": lambda: ("FICHE_9900003.xlsx", b"affiliation;ice", "type"),
    "archive named text": lambda: ("DS_9900003_202510.txt", archive(("a.xml", ROOT)), "type"),
    "workbook named archive": lambda: ("declaration.zip", archive(BOOK, ("b.xml", ROOT)), "zip-content"),
    "archive named workbook": lambda: ("FICHE_9900003.xlsx", archive(("a.xml", ROOT)), "type"),
    "xml named text": lambda: ("DS_9900003_202510.txt", ROOT, "type"),
    "unknown extension": lambda: ("declaration.exe", b"A000", "extension"),
    "no extension": lambda: ("declaration", b"A000", "extension"),
    "zeroes inside": lambda: ("DS_9900003_202510.txt", b"B00" + bytes(20), "encoding"),
    "utf-16": lambda: ("REGISTRE_9900003_202510.csv", "num_cnss;cin".encode("utf-16"), "encoding"),
    "page": lambda: ("declaration.xml", b"<!DOCTYPE html><html><script>1</script></html>", "html"),
    "script in a csv": lambda: ("FICHE_9900003.csv", b"affiliation;ice\n<script>alert(1)</script>", "html"),
    "drawing with a script": lambda: ("declaration.xml", b"<svg onload='x'></svg>", "html"),
    "entities": lambda: ("declaration.xml", ENTITY, "xml-entities"),
    "entities in an archive": lambda: ("declaration.zip", archive(("a.xml", ENTITY)), "xml-entities"),
    "entities in a workbook": lambda: ("FICHE_9900003.xlsx", archive(BOOK, ("xl/a.xml", ENTITY)), "xml-entities"),
    "bomb": lambda: ("declaration.zip", archive(("a.xml", bytes(40 << 20))), "zip-bomb"),
    "bomb in a workbook": lambda: ("FICHE_9900003.xlsx", archive(BOOK, ("xl/a.xml", bytes(40 << 20))), "zip-bomb"),
    "thousands of members": lambda: (
        "declaration.zip",
        archive(*((f"{rank}.xml", b"") for rank in range(2_001)), packing=zipfile.ZIP_STORED),
        "zip-bomb",
    ),
    "archive in an archive": lambda: ("declaration.zip", archive(("a.zip", archive(("b.xml", ROOT)))), "zip-nested"),
    "hidden archive in an archive": lambda: (
        "declaration.zip",
        archive(("a.xml", archive(("b.xml", ROOT)))),
        "zip-nested",
    ),
    "path in an archive": lambda: ("declaration.zip", archive(("../../a.xml", ROOT)), "zip-names"),
    "absolute path in an archive": lambda: ("declaration.zip", archive(("/a.xml", ROOT)), "zip-names"),
    "password": lambda: ("declaration.zip", lying(ROOT), "zip-encrypted"),
    "two documents": lambda: ("declaration.zip", archive(("a.xml", ROOT), ("b.xml", ROOT)), "zip-content"),
    "macros": lambda: ("FICHE_9900003.xlsx", archive(BOOK, ("xl/vbaProject.bin", b"x")), "macros"),
    "cut archive": lambda: ("declaration.zip", archive(("a.xml", ROOT))[:60], "zip-broken"),
}
