"""Tables of a file of answers: a CSV, a ZIP of CSV files, or a workbook; each as rows of text under their headings."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from minassa.talent.survey.errors import ExportError
from minassa.talent.survey.sheets import text_of

Row = Mapping[str, str]
Tables = dict[str, Sequence[Row]]
LARGEST: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_TABLES: Final = 50
_WORKBOOK: Final = "[Content_Types].xml"


def tables_of(content: bytes) -> Tables:
    """Every table of a file by its name (empty for a CSV alone). ExportError for a file that cannot be read."""
    if len(content) > LARGEST:
        raise ExportError("Ce fichier est trop grand : vingt mégaoctets au plus.")
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {"": _csv(content)}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if _WORKBOOK in packed.namelist():
                return _workbook(content)
            return _packed(packed)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise ExportError("Ce fichier ne se lit pas : il est abîmé, ou d'un autre genre.") from error


def _packed(packed: zipfile.ZipFile) -> Tables:
    """The CSV files of an archive; media beside them are not read."""
    inside = [one for one in packed.infolist() if one.filename.lower().endswith(".csv")][:MOST_TABLES]
    if sum(one.file_size for one in inside) > LARGEST:
        raise ExportError("Ce fichier est trop grand une fois décompressé.")
    return {PurePosixPath(one.filename).stem: _csv(packed.read(one)) for one in inside}


def _workbook(content: bytes) -> Tables:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found: Tables = {}
    for name in book.sheetnames[:MOST_TABLES]:
        rows = book[name].iter_rows(max_row=MOST_ROWS + 1, values_only=True)
        heads = [text_of(cell) for cell in next(rows, ())]
        found[name] = [dict(zip(heads, map(text_of, row), strict=False)) for row in rows if any(row)]
    book.close()
    return found


def _csv(content: bytes) -> Sequence[Row]:
    if b"\x00" in content:
        raise ExportError("Ce fichier n'est ni un CSV, ni un classeur, ni une archive de CSV.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ExportError("Ce CSV ne se lit pas.") from error
    if len(rows) > MOST_ROWS:
        raise ExportError(f"Ce fichier a plus de {MOST_ROWS} lignes.")
    plain = ({head.strip(): (cell or "").strip() for head, cell in row.items() if head} for row in rows)
    return [row for row in plain if any(row.values())]
