"""Which kind of file this is, from its first bytes, and only then from its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

UNKNOWN = "unknown"
EBDS_PREETABLI = "ebds_preetabli"
EBDS_PRINCIPAL = "ebds_principal"
EBDS_COMPLEMENTARY = "ebds_complementary"
SIMPL_IR_9421 = "simpl_ir_9421"
STAFF_REGISTER = "staff_register"
YEARLY_ACCOUNTS = "yearly_accounts"
FIRM_SHEET = "firm_sheet"

KINDS = (
    EBDS_PREETABLI,
    EBDS_PRINCIPAL,
    EBDS_COMPLEMENTARY,
    SIMPL_IR_9421,
    STAFF_REGISTER,
    YEARLY_ACCOUNTS,
    FIRM_SHEET,
)

FORMS = (SIMPL_IR_9421, STAFF_REGISTER, YEARLY_ACCOUNTS, FIRM_SHEET)
"""The kinds that are no e-BDS: yearly returns and sheets."""

_EBDS_BY_LETTER = {"A": EBDS_PREETABLI, "B": EBDS_PRINCIPAL, "E": EBDS_COMPLEMENTARY}
_RECORD = r"(?:[ABE]00[ 0-9]{14}(?:[ABE][0-9])|[ABE]0[1-6][0-9]{13})"
_EBDS_RECORD, _EBDS_BYTES = re.compile(_RECORD), re.compile(_RECORD.encode())
_XML_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_XML_ASIDE = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", re.DOTALL)
_HEADINGS = {
    STAFF_REGISTER: frozenset({"num_cnss", "cin", "annee_naissance", "contrat", "date_embauche", "intitule_poste"}),
    YEARLY_ACCOUNTS: frozenset(
        {"exercice_du", "exercice_au", "chiffre_affaires", "resultat_fiscal", "impot_societes", "depenses_formation"}
    ),
    FIRM_SHEET: frozenset(
        {"ice", "raison_sociale", "groupe", "debut_activite", "date_installation", "attestation_cnss", "lieu"}
    ),
}
_NAMES = (
    (re.compile(r"affebds_", re.IGNORECASE), EBDS_PREETABLI),
    (re.compile(r"dsc[0-9]_", re.IGNORECASE), EBDS_COMPLEMENTARY),
    (re.compile(r"ds_", re.IGNORECASE), EBDS_PRINCIPAL),
    (re.compile(r"registre_", re.IGNORECASE), STAFF_REGISTER),
    (re.compile(r"comptes_", re.IGNORECASE), YEARLY_ACCOUNTS),
    (re.compile(r"fiche_", re.IGNORECASE), FIRM_SHEET),
)
# zipfile lets all of these through on a hostile archive; RuntimeError is how it says "encrypted".
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError)
_HEAD = 65_536
_INSIDE = 1_048_576
_MEMBERS = 64
_ENOUGH_HEADINGS = 3


def recognise(head: bytes, name: str) -> str:
    """The kind of a file (a name of ``KINDS`` or ``"unknown"``), from its content first and its name second.

    ``head`` is the beginning of the file: 64 KiB are enough for a text or an XML. A ZIP is only opened when ``head`` is
    the whole file; of a cut ZIP the name decides. Nothing is unpacked beyond 1 MiB, and nothing is ever raised.
    """
    if _EBDS_BYTES.match(head):
        # Nearly all files, by tens of thousands: nothing needs to be decoded.
        return _EBDS_BY_LETTER[chr(head[0])]
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(head) or _of_name(name)
    text = _decoded(head[:_HEAD])
    if "<" in text[:1]:
        return _of_xml(text) or (SIMPL_IR_9421 if name.lower().endswith(".xml") else UNKNOWN)
    return _of_text(text) or _of_name(name)


def _decoded(head: bytes) -> str:
    """The head as text without leading blanks; one byte is one character unless a mark says UTF-16 or UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
    elif head[1:2] == b"\x00" and head[:1].isalnum():
        text = head.decode("utf-16-le", errors="replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return text.lstrip("\r\n\t \ufeff")


def _of_text(text: str) -> str | None:
    if _EBDS_RECORD.match(text):
        return _EBDS_BY_LETTER[text[0]]
    first = text.partition("\n")[0].strip().lower()
    columns = {column.strip().strip('"') for column in re.split("[;,\t]", first)}
    return _of_headings(columns)


def _of_headings(columns: set[str]) -> str | None:
    """The CSV kind whose own headings are most present, if at least three are."""
    found = {kind: len(headings & columns) for kind, headings in _HEADINGS.items()}
    best = max(found, key=lambda kind: found[kind])
    return best if found[best] >= _ENOUGH_HEADINGS else None


def _of_xml(text: str) -> str | None:
    """SIMPL-IR when the root says so, unknown when it says something else, None when no root is in sight."""
    root = _XML_ROOT.search(_XML_ASIDE.sub(" ", text))
    if root is None:
        return None
    return SIMPL_IR_9421 if root.group(1) == "TraitementEtSalaire" else UNKNOWN


def _of_zip(content: bytes) -> str | None:
    """What the archive holds: a SIMPL-IR document, or a workbook with the headings of one of our sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.namelist()[:_MEMBERS]
            if "xl/workbook.xml" in members:
                return _of_workbook(archive, members)
            kinds = [_of_xml(_decoded(_beginning(archive, m))) for m in members if m.lower().endswith(".xml")]
            return SIMPL_IR_9421 if SIMPL_IR_9421 in kinds else None
    except _BROKEN_ARCHIVE:
        return None


def _of_workbook(archive: zipfile.ZipFile, members: list[str]) -> str | None:
    """The headings of a workbook are among its shared strings, or written in its first sheet."""
    sheets = [m for m in members if m == "xl/sharedStrings.xml" or m.startswith("xl/worksheets/sheet")]
    texts: set[str] = set()
    for member in sheets[:4]:
        found = re.findall(r">([^<>]{1,40})<", _beginning(archive, member).decode("utf-8", errors="replace"))
        texts.update(text.strip().lower() for text in found)
    return _of_headings(texts)


def _beginning(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as stream:
        return stream.read(_INSIDE)


def _of_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    for pattern, kind in _NAMES:
        if pattern.match(base):
            return kind
    return SIMPL_IR_9421 if base.lower().endswith(".xml") else UNKNOWN
