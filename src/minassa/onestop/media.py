"""What a file is, from its content: the five kinds of document that are accepted."""

from __future__ import annotations

import zipfile
from io import BytesIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    XLSX: ".xlsx",
    "text/csv": ".csv",
}
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


def media_type_of(content: bytes) -> str | None:
    """The media type of a content, or None for what is not accepted. A workbook with macros is not."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return XLSX if _is_workbook(content) else None
    return "text/csv" if _is_table(content) else None


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and "xl/vbaProject.bin" not in names


def _is_table(content: bytes) -> bool:
    """Lines of text with a separator in the first one, and no control character."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        printable = all(sign.isprintable() or sign in "\r\n\t" for sign in text)
        return printable and any(separator in first for separator in ";,\t") and not first.lstrip().startswith("<")
    return False
