"""The lines of a file that something was found on, with those around them, and the place of each finding."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from openpyxl import load_workbook

from minassa.declarations.durable import StorageFailed
from minassa.declarations.kinds import SIMPL_IR_9421
from minassa.intake.masking import mask, mask_cells
from minassa.intake.models import Upload, UploadFinding
from minassa.intake.storage import opened

_ZIP: Final = b"PK\x03\x04"
_AROUND: Final = 1
_LONGEST: Final = 400
"""Characters of a line shown around what was found on it; a fixed-width record is shown whole."""
_BEFORE: Final = 80
# What a damaged workbook makes openpyxl raise: it documents none of them.
_BROKEN: Final = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError)


class Piece(NamedTuple):
    """A part of a line, and the numbers (from 1, among those shown with it) of the findings that stand on it."""

    text: str
    findings: tuple[int, ...] = ()
    rejects: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of the file as it may be seen: cut into pieces, with its findings; none on a line shown for context.

    `cells` says that the pieces are the cells of a row of a workbook.
    """

    line: int
    pieces: list[Piece]
    findings: list[UploadFinding] = field(default_factory=list)
    cut_before: bool = False
    cut_after: bool = False
    cells: bool = False
    gap: bool = False


def excerpts(upload: Upload, findings: Sequence[UploadFinding], *, masked: bool) -> list[Excerpt]:
    """The lines of these findings, and those just around them, in the order of the file; empty when it is gone.

    `masked`: without the persons. Findings on the file as a whole (line 0) have no line.
    """
    by_line: dict[int, list[UploadFinding]] = {}
    for finding in findings:
        if finding.line:
            by_line.setdefault(finding.line, []).append(finding)
    wanted = {near for line in by_line for near in range(max(line - _AROUND, 1), line + _AROUND + 1)}
    try:
        texts = _texts(upload, wanted, masked=masked) if wanted else {}
    except (StorageFailed, *_BROKEN):
        return []
    shown = [_excerpt(line, texts[line], by_line.get(line, [])) for line in sorted(texts)]
    return _with_gaps(shown)


def _with_gaps(shown: list[Excerpt]) -> list[Excerpt]:
    for former, following in pairwise(shown):
        if following.line > former.line + 1:
            object.__setattr__(following, "gap", True)
    return shown


def _texts(upload: Upload, wanted: set[int], *, masked: bool) -> dict[int, str | list[str]]:
    """The lines asked for, already masked if they must be."""
    with opened(upload.storage_name) as sealed:
        zipped = sealed.read(len(_ZIP)) == _ZIP
    if zipped and upload.kind != SIMPL_IR_9421:
        return _rows(upload, wanted, masked=masked)
    return dict(_plain(upload, wanted, zipped=zipped, masked=masked))


def _plain(upload: Upload, wanted: set[int], *, zipped: bool, masked: bool) -> Iterator[tuple[int, str]]:
    last, headings = max(wanted), list[str]()
    for number, text in _numbered(upload, zipped=zipped):
        if number > last:
            return
        if not headings and text.strip():
            headings = [each.strip().strip('"').lower() for each in text.replace(",", ";").split(";")]
        if number in wanted:
            yield number, mask(upload.kind, text, headings) if masked else text


def _numbered(upload: Upload, *, zipped: bool) -> Iterator[tuple[int, str]]:
    if not zipped:
        with opened(upload.storage_name) as lines:
            yield from _decoded(lines)
        return
    with opened(upload.storage_name) as sealed, zipfile.ZipFile(sealed) as archive:
        member = next(each for each in archive.namelist() if each.lower().endswith(".xml"))
        with archive.open(member) as lines:
            yield from _decoded(lines)


def _decoded(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Lines as text: UTF-8 when they are, else the Windows code page, where a byte is a character."""
    for number, line in enumerate(lines, 1):
        raw = line.rstrip(b"\r\n")
        try:
            yield number, raw.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            yield number, raw.decode("latin-1")


def _rows(upload: Upload, wanted: set[int], *, masked: bool) -> dict[int, str | list[str]]:
    found: dict[int, str | list[str]] = {}
    with opened(upload.storage_name) as sealed:
        book = load_workbook(sealed, read_only=True, data_only=True)
        try:
            headings = list[str]()
            rows = book.worksheets[0].iter_rows(max_row=max(wanted), values_only=True)
            for number, row in enumerate(rows, 1):
                cells = ["" if cell is None else str(cell) for cell in row]
                if not headings and any(cells):
                    headings = [cell.strip().lower() for cell in cells]
                if number in wanted:
                    found[number] = mask_cells(upload.kind, cells, headings) if masked else cells
        finally:
            book.close()
    return found


def _excerpt(line: int, text: str | list[str], findings: list[UploadFinding]) -> Excerpt:
    if isinstance(text, list):
        return Excerpt(line, [_cell(cell, rank, findings) for rank, cell in enumerate(text, 1)], findings, cells=True)
    begin, end = _window(text, findings)
    return Excerpt(line, _pieces(text, begin, end, findings), findings, cut_before=begin > 0, cut_after=end < len(text))


def _cell(text: str, rank: int, findings: list[UploadFinding]) -> Piece:
    here = [number for number, finding in enumerate(findings, 1) if finding.column == rank]
    return Piece(text, tuple(here), any(findings[number - 1].severity == "reject" for number in here))


def _window(text: str, findings: list[UploadFinding]) -> tuple[int, int]:
    """The part of a line that is shown: all of it, or what is around the first thing found."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    first = min((finding.column for finding in findings if finding.column), default=1)
    begin = max(first - 1 - _BEFORE, 0)
    return begin, min(begin + _LONGEST, len(text))


def _pieces(text: str, begin: int, end: int, findings: list[UploadFinding]) -> list[Piece]:
    """The line cut wherever something found begins or ends."""
    spans = [_span(finding, begin, end) for finding in findings]
    cuts = sorted({begin, end, *(cut for span in spans for cut in span)})
    pieces = []
    for start, stop in pairwise(cuts):
        here = tuple(n for n, span in enumerate(spans, 1) if span[0] <= start and stop <= span[1])
        pieces.append(Piece(text[start:stop], here, any(findings[n - 1].severity == "reject" for n in here)))
    return pieces


def _span(finding: UploadFinding, begin: int, end: int) -> tuple[int, int]:
    """Where a finding stands within the part shown; nowhere when it is on the whole line or beyond."""
    if not finding.column:
        return begin, begin
    start = min(max(finding.column - 1, begin), end)
    return start, min(start + max(finding.length, 1), end)
