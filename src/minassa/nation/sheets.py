"""CSV sheets: those of the truth written from columns (`;`, UTF-8, names first), those of many firms cut apart."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEPARATOR = ";"

Sheet = dict[str, NDArray[np.generic] | list[str]]
"""Columns of one length, by name: texts, bytes or whole numbers."""


def write_sheet(path: Path, columns: Sheet, *, header: bool = True) -> None:
    """Write columns, in order; folders are made. ValueError for a cell that would need quotes: none of ours does."""
    cells = [_texts(values) for values in columns.values()]
    lines = [SEPARATOR.join(columns)] if header else []
    lines.extend(map(SEPARATOR.join, zip(*cells, strict=True)))
    text = "".join(f"{line}\n" for line in lines)
    if text.count(SEPARATOR) != len(lines) * (len(cells) - 1) or text.count("\n") != len(lines) or '"' in text:
        raise ValueError("Une cellule contient un séparateur, un guillemet ou une fin de ligne.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _texts(values: NDArray[np.generic] | list[str]) -> list[str]:
    if isinstance(values, list):
        return values
    if values.dtype.kind == "S":
        return [value.decode("ascii") for value in values.tolist()]
    if values.dtype.kind == "U":
        texts: list[str] = values.tolist()
        return texts
    return [str(value) for value in values.astype(np.int64).tolist()]


def split(content: bytes, counts: list[int]) -> list[bytes]:
    """Cut a sheet into sheets of so many rows each, every one with the names of columns; no cell holds a line end."""
    lines = content.splitlines(keepends=True)
    if len(lines) != 1 + sum(counts):
        raise ValueError("Les lignes de la feuille ne sont pas celles que l'on compte.")
    ends = list(accumulate(counts, initial=1))
    return [b"".join([lines[0], *lines[first:last]]) for first, last in pairwise(ends)]
