"""The cells of files of one form put together, and the files that have none worth reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.tabular import delimited, workbook
from minassa.declarations.tabular.cells import Cells, Oddity, Outline
from minassa.declarations.tabular.delimited import Sheet
from minassa.declarations.tabular.forms import EXAMPLE, REMARK, Form
from minassa.declarations.tabular.refusals import Refused

_EXAMPLE = "Ligne d'exemple du modèle, ignorée : supprimez-la."
_EMPTY = "Aucune ligne sous les intitulés : remplissez au moins une ligne."


@dataclass(frozen=True, slots=True)
class Gathered:
    """One file: its outline, and its cells, cut already (a workbook) or to be cut (a CSV)."""

    outline: Outline
    cells: Sheet | pl.DataFrame


def gather(form: Form, content: bytes) -> Gathered:
    """The rows of a file under the headings of a form; Refused when there are none."""
    if workbook.is_workbook(content):
        texts, outline = workbook.read(form, content)
        return Gathered(outline, texts)
    sheet = delimited.read(form, content)
    return Gathered(sheet.outline, sheet)


def together(form: Form, gathered: Sequence[Gathered]) -> Cells:
    """The rows of all the files, those of a file in its order."""
    sheets = [(rank, each.cells) for rank, each in enumerate(gathered) if isinstance(each.cells, Sheet)]
    books = [(rank, each.cells) for rank, each in enumerate(gathered) if isinstance(each.cells, pl.DataFrame)]
    texts, places = delimited.cut([sheet for _, sheet in sheets])
    files = [np.array([rank for rank, _ in sheets], dtype=np.int64)[places]]
    files += [np.full(book.height, rank, dtype=np.int64) for rank, book in books]
    nothing = pl.DataFrame(schema=dict.fromkeys((*form.read, REMARK), pl.String))
    frames = [nothing, texts, *(book for _, book in books)]
    of_rows = np.concatenate(files)
    return Cells(
        pl.concat(frames, how="diagonal").with_columns(pl.col(REMARK).fill_null("")),
        of_rows,
        _ranks(of_rows),
        [each.outline for each in gathered],
    )


def without_examples(cells: Cells) -> tuple[Cells, dict[int, Refused]]:
    """Leave out the example rows of the template, with a word about each; the files without any row left."""
    remarks = cells.texts[REMARK]
    examples = remarks.str.to_lowercase().str.starts_with(EXAMPLE).to_numpy()
    lines = cells.lines
    for row in np.flatnonzero(examples).tolist():
        oddity = Oddity("EXEMPLE", int(lines[row]), 1, _EXAMPLE, rejects=False)
        cells.outlines[int(cells.files[row])].oddities.append(oddity)
    kept = cells.only(~examples)
    counts = np.bincount(kept.files, minlength=len(cells.outlines))
    empty = [
        rank
        for rank in np.flatnonzero(counts == 0).tolist()
        if not any(oddity.rejects for oddity in cells.outlines[rank].oddities)
    ]
    return kept, {rank: Refused("VIDE", _EMPTY) for rank in empty}


def _ranks(files: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rank of each row among those of its file, whose rows stand together."""
    first = np.ones(len(files), dtype=np.bool_)
    np.not_equal(files[1:], files[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    ranks: NDArray[np.int64] = np.arange(len(files)) - np.repeat(starts, np.diff([*starts, len(files)]))
    return ranks
