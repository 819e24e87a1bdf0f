"""Many small files made few: what a table says does not change, and every former version stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from minassa.declarations.lake.storage import DataFile, Storage
from minassa.declarations.lake.tables import Table

SMALL: Final = 1_000_000
"""Rows under which a file is small: it is put with the other small ones of its partition."""
LARGEST: Final = 4_000_000
"""Rows put together in one file."""


def compact(storage: Storage, table: Table, stem: str) -> int:
    """Put together the small files of each partition of a table; how many files were replaced."""
    replaced = 0
    for number, group in enumerate(_groups(storage.files(table, storage.version(table.name)))):
        rows = storage.read(table, group)
        storage.replace(table, group, rows, f"{stem}-{number:04d}")
        replaced += len(group)
    return replaced


def _groups(files: list[DataFile]) -> Iterator[list[DataFile]]:
    """The small files of each partition, by as many as make a file of at most `LARGEST` rows."""
    small = sorted((file for file in files if file.rows < SMALL), key=lambda file: (file.partition, file.path))
    for _, same in groupby(small, key=lambda file: file.partition):
        group: list[DataFile] = []
        rows = 0
        for file in same:
            if rows + file.rows > LARGEST:
                yield from _worthwhile(group)
                group, rows = [], 0
            group.append(file)
            rows += file.rows
        yield from _worthwhile(group)


def _worthwhile(group: list[DataFile]) -> Iterator[list[DataFile]]:
    if len(group) > 1:
        yield group
