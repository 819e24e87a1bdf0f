"""CSV files written from columns: `;`, UTF-8, names on the first line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

SEPARATOR = ";"


def write_sheet(path: Path, columns: dict[str, NDArray[np.generic] | list[str]], *, header: bool = True) -> None:
    """Write columns of one length, in order; folders are made. Texts are given as text, whole numbers as numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pl.DataFrame({name: _plain(values) for name, values in columns.items()})
    with path.open("wb") as stream:
        frame.write_csv(stream, separator=SEPARATOR, include_header=header, null_value="")


def _plain(values: NDArray[np.generic] | list[str]) -> pl.Series:
    if isinstance(values, list):
        return pl.Series(values, dtype=pl.String).replace("", None)
    if values.dtype.kind not in "SU":
        return pl.Series(values.astype(np.int64))
    texts = pl.Series(values.astype("U").tolist(), dtype=pl.String)
    # An empty text is a null: the writer would put it in quotes.
    return texts.replace("", None)


def dirhams(cents: int) -> str:
    """Return an amount in dirhams with a dot and two decimals."""
    sign, rest = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{rest // 100}.{rest % 100:02d}"
