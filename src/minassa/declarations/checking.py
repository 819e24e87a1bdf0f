"""One door to check files of every kind: reports, and the lines that may take effect. Never raises for a bad file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations import files, kinds
from minassa.declarations.collecting import collector_at_rest
from minassa.declarations.ebds import Lines, SourceFile, check_batch
from minassa.declarations.files import Original
from minassa.declarations.findings import FileReport, Finding, Severity
from minassa.declarations.lake import CNSS_LINES, TABLES
from minassa.declarations.late import read_forms
from minassa.declarations.schemas import FILE

if TYPE_CHECKING:
    from minassa.declarations.forms import Forms

NUMBER: Final = "number"
"""Column of checked lines: the CNSS number of the person (0: none)."""
CIN: Final = "cin"
"""Column of checked lines: the identity card of the person ("" when the number is enough or nothing is known)."""

_SAME = {kinds.EBDS_PREETABLI: kinds.EBDS_PRINCIPAL, kinds.EBDS_COMPLEMENTARY: kinds.EBDS_PRINCIPAL}
"""The three e-BDS kinds are checked together."""
_TABLES = {kind: table.name for table in TABLES.values() for kind in table.kinds}
_CNSS_COLUMNS = [name for name in TABLES[CNSS_LINES].columns if name not in {"file_id", "person"}]
_NO_REPORT = FileReport("", kinds.UNKNOWN)
_FIRST_RECORD = 600
_PORTION_BYTES = 16 << 20
_PORTION_FILES = 1024


@dataclass(slots=True)
class Checked:
    """What came out of some files, one entry per file in the order given, and the accepted lines by table of the lake.

    Lines have the columns of their table, except that `file` stands for `file_id`, and `number` and `cin` for `person`.
    """

    reports: list[FileReport]
    fiscal_ids: list[int]
    complements: list[int]
    lines: dict[str, list[pl.DataFrame]] = field(default_factory=dict)

    def add(self, ranks: Sequence[int], table: str, forms: Forms) -> None:
        """What came out of the files of those ranks, for one of the tables."""
        for rank, report, fiscal_id in zip(ranks, forms.reports, forms.fiscal_ids, strict=True):
            self.reports[rank], self.fiscal_ids[rank] = report, fiscal_id
        if forms.rows.height:
            files = np.array(ranks, dtype=np.int32)[forms.rows[FILE].to_numpy()]
            lines = forms.rows.rename({"person": NUMBER}, strict=False).with_columns(pl.Series(FILE, files))
            self.lines.setdefault(table, []).append(lines)


def check_together(originals: Sequence[Original], preetablis: Sequence[Original] = ()) -> Checked:
    """Check some files; declarations are compared with the préétablis among them and those given apart."""
    count = len(originals)
    checked = Checked([_NO_REPORT] * count, [0] * count, [0] * count)
    ranks: dict[str, list[int]] = {}
    for rank, original in enumerate(originals):
        ranks.setdefault(_SAME.get(original.kind, original.kind), []).append(rank)
    _check_ebds(checked, originals, ranks.get(kinds.EBDS_PRINCIPAL, []), preetablis)
    for kind in kinds.FORMS:
        for portion in _portions(originals, ranks.get(kind, [])):
            files = [(originals[rank].name, originals[rank].content) for rank in portion]
            checked.add(portion, _TABLES[kind], read_forms(kind, files))
    for rank in ranks.get(kinds.UNKNOWN, []):
        checked.reports[rank] = _unknown(originals[rank])
    return checked


def check(paths: Iterable[str | Path]) -> list[FileReport]:
    """A report for each path, in the order given, whatever stands there; nothing is kept.

    A folder, a missing or unreadable file, a file of no known kind: a refused report with one finding.
    """
    asked = [os.fspath(path) for path in paths]
    found = sorted({files.found(path, Path(path).name, _size(path)) for path in asked})
    reports: dict[str, FileReport] = {}
    for group in files.groups(found):
        with collector_at_rest():
            checked = check_together([files.read(file) for file in group])
        for file, report in zip(group, checked.reports, strict=True):
            report.file = file.path
            reports[file.path] = report
    return [reports[path] for path in asked]


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return -1


def _unknown(original: Original) -> FileReport:
    """The report of a file that nobody else reports on: unreadable, or of no known kind."""
    if original.problem is None:
        message = (
            "Le fichier est vide : exportez-le de nouveau."
            if not original.content
            else "Ce n'est aucun des fichiers connus (e-BDS, SIMPL-IR 9421, registre, comptes, fiche) : vérifiez "
            "que vous déposez le bon fichier, avec ses intitulés de colonnes."
        )
        finding = Finding("FICHIER-INCONNU", Severity.REJECT, 0, 0, message)
    else:
        finding = original.problem
    return FileReport(original.name, kinds.UNKNOWN, findings=[finding], refused=True)


def _check_ebds(
    checked: Checked, originals: Sequence[Original], ranks: list[int], preetablis: Sequence[Original]
) -> None:
    """Check fixed-width files some megabytes at a time: what is at hand then stays near the processor."""
    known = [*preetablis, *(originals[rank] for rank in ranks if originals[rank].kind == kinds.EBDS_PREETABLI)]
    for portion in _portions(originals, ranks):
        files = [originals[rank] for rank in portion]
        batch = check_batch(_sources(files), _sources(_preetablis_of(files, known)))
        complements = batch.headers.complement.tolist()
        for rank, report, complement in zip(portion, batch.reports, complements, strict=True):
            checked.reports[rank] = report
            checked.complements[rank] = complement
        if len(batch.lines):
            lines = _cnss_lines(batch.lines, np.array(portion, dtype=np.int32))
            checked.lines.setdefault(CNSS_LINES, []).append(lines)


def _portions(originals: Sequence[Original], ranks: list[int]) -> Iterator[list[int]]:
    portion: list[int] = []
    size = 0
    for rank in ranks:
        portion.append(rank)
        size += len(originals[rank].content)
        if size >= _PORTION_BYTES or len(portion) >= _PORTION_FILES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _sources(originals: Iterable[Original]) -> list[SourceFile]:
    return [SourceFile(original.name, original.content) for original in originals]


def _preetablis_of(portion: list[Original], known: list[Original]) -> list[Original]:
    """The préétablis known for the declarations of a portion that are not in it."""
    if not known:
        return []
    asked = {header_of(each.content) for each in portion if each.kind == kinds.EBDS_PRINCIPAL}
    inside = {id(each) for each in portion}
    return [each for each in known if id(each) not in inside and header_of(each.content) in asked]


def header_of(content: bytes) -> bytes:
    """Affiliation and period as the second record of an e-BDS file writes them, in 13 digits."""
    end = content.find(b"\n", 0, _FIRST_RECORD) + 1
    return content[end + 3 : end + 16] if end else b""


def _cnss_lines(lines: Lines, ranks: NDArray[np.int32]) -> pl.DataFrame:
    unnumbered = np.flatnonzero(lines.number == 0)
    cin = pl.repeat("", len(lines), dtype=pl.String, eager=True)
    if len(unnumbered):
        cin = cin.scatter(unnumbered, [text.decode("latin-1") for text in lines.cin[unnumbered].tolist()])
    columns = {name: getattr(lines, name) for name in _CNSS_COLUMNS}
    return pl.DataFrame({FILE: ranks[lines.file_index], NUMBER: lines.number, **columns}).with_columns(cin.alias(CIN))
