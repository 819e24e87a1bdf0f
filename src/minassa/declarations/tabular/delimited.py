"""CSV files: `;` or `,`, quotation marks, UTF-8 (with its mark or not) or Windows-1252, LF, CRLF or CR.

Bytes are cut into records with array operations, and into cells by Polars, all the files that are laid out alike at
once; a cell is looked at one by one only when there is something to say about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.parsing import stripped
from minassa.declarations.tabular.cells import Oddity, Outline
from minassa.declarations.tabular.forms import REMARK, Form
from minassa.declarations.tabular.headings import match
from minassa.declarations.tabular.records import Records, cell_starts, cells_of, split
from minassa.declarations.tabular.refusals import Refused

_MARK = b"\xef\xbb\xbf"
_SEPARATORS = (b";", b",")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1a"))
_EMPTY = b" \t\r\n;,\xef\xbb\xbf"
_LOOKED_AT = 1 << 16
_OTHER_FORMATS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A CSV cut into records."""

    text: bytes
    separator: bytes
    records: Records

    def place(self, record: int, rank: int) -> tuple[int, int]:
        """Line and column of a cell, both from 1; columns count characters."""
        row = self.text[self.records.starts[record] : self.records.ends[record]]
        starts = cell_starts(row[:_LOOKED_AT], self.separator)
        before = row[: starts[rank] if rank < len(starts) else 0]
        line = int(self.records.lines[record]) + before.count(b"\n")
        return line, len(before[before.rfind(b"\n") + 1 :].decode()) + 1


class Layout(NamedTuple):
    """How the records of a file are cut: separator, cells of a record, whether marks are used, rank of each heading."""

    separator: bytes
    width: int
    quoted: bool
    headings: tuple[tuple[str, int], ...]


class Sheet(NamedTuple):
    """A CSV file whose sound records are known but not cut yet."""

    layout: Layout
    records: bytes
    outline: Outline


def read(form: Form, content: bytes) -> Sheet:
    """The sound records of a CSV file, under the headings of a form; Refused when it is none."""
    text = _as_utf8(content)
    separators = _separators(text)
    sheet = _Sheet(text, separators[0], split(text, separators[0]))
    for other in separators[1:]:
        sheet = max(sheet, _Sheet(text, other, split(text, other)), key=lambda each: _fit(form, each))
    first = int(np.argmin(sheet.records.blank))
    ranks, strange = match(form, _headings(sheet, first), lambda rank: sheet.place(first, rank))
    oddities = [
        Oddity("ENTETE-INCONNUE", *sheet.place(first, rank), message, rejects=False) for rank, message in strange
    ]
    kept, odd_rows = _sound(sheet, first)
    outline = Outline(
        sheet.records.lines[kept],
        lambda row, heading: sheet.place(int(kept[row]), ranks.get(heading, 0)),
        oddities + odd_rows,
    )
    width = int(sheet.records.cells[first])
    headings = tuple((heading, ranks[heading]) for heading in (*form.read, REMARK) if heading in ranks)
    return Sheet(Layout(sheet.separator, width, b'"' in text, headings), _only(sheet, kept), outline)


def cut(sheets: Sequence[Sheet]) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """The cells of files of one form as text, row after row, and the rank of the file of each row."""
    alike: defaultdict[Layout, list[int]] = defaultdict(list)
    for rank, sheet in enumerate(sheets):
        if len(sheet.outline.lines):
            alike[sheet.layout].append(rank)
    frames = [_texts(layout, [sheets[rank] for rank in ranks]) for layout, ranks in alike.items()]
    order = [rank for ranks in alike.values() for rank in ranks]
    files = np.repeat(np.array(order, dtype=np.int64), [len(sheets[rank].outline.lines) for rank in order])
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame(), files


def _separators(text: bytes) -> list[bytes]:
    """The separators to try: only those present in the first line that is not empty."""
    first = text[:_LOOKED_AT].lstrip(_EMPTY).partition(b"\n")[0]
    return [each for each in _SEPARATORS if each in first] or [_SEPARATORS[0]]


def _fit(form: Form, sheet: _Sheet) -> int:
    """How many headings of the form are found with this separator."""
    first = int(np.argmin(sheet.records.blank))
    return len({heading.strip().casefold() for heading in _headings(sheet, first)} & set(form.headings))


def _headings(sheet: _Sheet, record: int) -> list[str]:
    row = sheet.text[sheet.records.starts[record] : sheet.records.ends[record]]
    return cells_of(row[:_LOOKED_AT], sheet.separator)


def _as_utf8(content: bytes) -> bytes:
    """The text in UTF-8 with LF or CRLF line ends; Refused when it is empty or no text."""
    if not content[:_LOOKED_AT].strip(_EMPTY) and not content.strip(_EMPTY):
        raise Refused("VIDE", "Le fichier est vide : exportez-le de nouveau.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("ENCODAGE", "Le fichier est en UTF-16 : enregistrez-le en « CSV UTF-8 ».", 1, 1)
    if content.startswith(_OTHER_FORMATS) or b"\x00" in content or _has_controls(content[:_LOOKED_AT]):
        raise Refused("BINAIRE", "Ce n'est pas un fichier CSV ni XLSX : enregistrez la feuille en .xlsx ou en CSV.")
    text = content.removeprefix(_MARK)
    try:
        text.decode()
    except UnicodeDecodeError:
        text = _from_windows(text)
    return text if b"\n" in text else text.replace(b"\r", b"\n")


def _has_controls(text: bytes) -> bool:
    return len(text.translate(None, _CONTROLS)) != len(text)


def _from_windows(text: bytes) -> bytes:
    try:
        return text.decode("cp1252").encode()
    except UnicodeDecodeError as problem:
        before = text[: problem.start]
        column = problem.start - before.rfind(b"\n")
        message = "Un caractère n'est ni de l'UTF-8 ni du Windows-1252 : enregistrez la feuille en « CSV UTF-8 »."
        raise Refused("ENCODAGE", message, before.count(b"\n") + 1, column) from problem


def _sound(sheet: _Sheet, first: int) -> tuple[NDArray[np.int64], list[Oddity]]:
    """The records after the headings that have the right number of cells, and what is odd about the others."""
    records = sheet.records
    expected = records.cells[first]
    after = np.arange(len(records.starts)) > first
    filled = after & ~records.blank
    wrong_count = filled & ~records.misquoted & (records.cells != expected)
    oddities = [
        Oddity("GUILLEMETS", int(line), 1, "Des guillemets mal placés : doublez-les ou ôtez-les.", rejects=True)
        for line in records.lines[filled & records.misquoted]
    ]
    oddities += [
        Oddity("LIGNE", int(records.lines[at]), 1, _count_message(int(records.cells[at]), int(expected)), rejects=True)
        for at in np.flatnonzero(wrong_count)
    ]
    return np.flatnonzero(filled & ~records.misquoted & ~wrong_count), oddities


def _count_message(found: int, expected: int) -> str:
    return f"La ligne a {found} cellules au lieu de {expected} : un séparateur manque ou est en trop."


def _texts(layout: Layout, sheets: Sequence[Sheet]) -> pl.DataFrame:
    lines = pl.scan_csv(
        b"".join(sheet.records for sheet in sheets),
        separator=layout.separator.decode(),
        has_header=False,
        schema={str(rank): pl.String for rank in range(layout.width)},
        quote_char='"' if layout.quoted else None,
    )
    return lines.select(stripped(pl.col(str(rank))).alias(heading) for heading, rank in layout.headings).collect()


def _only(sheet: _Sheet, kept: NDArray[np.int64]) -> bytes:
    """The text without the records that are left out: runs of neighbours are copied together."""
    if not len(kept):
        return b""
    records = sheet.records
    gaps = np.flatnonzero(np.diff(kept) > 1)
    first = kept[np.concatenate(([0], gaps + 1))]
    last = kept[np.concatenate((gaps, [len(kept) - 1]))]
    pieces = [sheet.text[records.starts[a] : records.ends[b]] for a, b in zip(first, last, strict=True)]
    return b"\n".join(pieces) + b"\n"
