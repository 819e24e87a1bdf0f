"""Files that survive a power cut: written apart, forced to disk, then renamed in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from minassa.vocabulary.errors import MinassaError

_SEVERAL: Final = 4
"""Files from which it is worth waiting for several at once: the disk settles many nearly as fast as one."""
_AT_ONCE: Final = 8


class StorageFailed(MinassaError):
    """The disk refused to keep what was written: full, read-only, or gone. Nothing became visible; try again."""

    code = "storage-failed"

    @classmethod
    def on(cls, what: str, cause: Exception) -> StorageFailed:
        """The failure to write something, with what the system says of it."""
        why = getattr(cause, "strerror", None) or type(cause).__name__
        return cls(f"{what} n'a pas pu être écrit ({why}) : libérez de la place ou rétablissez l'accès.")


class Unsettled(NamedTuple):
    """A file that is written but might not outlive a power cut, and the path under which it is to stand."""

    draft: Path
    path: Path


def write_draft(path: Path, parts: Iterable[bytes | bytearray | memoryview]) -> Unsettled:
    """Write a file beside the path where it is to stand once settled; its folder is made. `StorageFailed`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb", buffering=0) as stream:
            for part in parts:
                _write_whole(stream.fileno(), memoryview(part))
    except OSError as cause:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise StorageFailed.on(path.name, cause) from cause
    return Unsettled(draft, path)


def settle(files: Sequence[Unsettled]) -> None:
    """Force files to disk, each then under its own path: from now on they are there for good. `StorageFailed`."""
    folders = sorted({file.path.parent for file in files})
    if len(files) < _SEVERAL:
        for file in files:
            _settle(file)
        for folder in folders:
            _settle_folder(folder)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # All are tried before the first failure is told.
        settling = [pool.submit(_settle, file) for file in files]
        for each in settling:
            each.result()
        list(pool.map(_settle_folder, folders))


def _settle(file: Unsettled) -> None:
    try:
        sync_file(file.draft)
        if file.draft != file.path:
            file.draft.replace(file.path)
    except OSError as cause:
        with suppress(OSError):
            file.draft.unlink(missing_ok=True)
        raise StorageFailed.on(file.path.name, cause) from cause


def _settle_folder(folder: Path) -> None:
    try:
        sync_folder(folder)
    except OSError as cause:
        raise StorageFailed.on(folder.name, cause) from cause


def write_atomically(path: Path, parts: Iterable[bytes | bytearray | memoryview]) -> None:
    """Write a file so that it is either whole or absent, for good; its folder too. `StorageFailed` otherwise."""
    settle([write_draft(path, parts)])


def sync_file(path: Path) -> None:
    """Force a file already written to disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Force the names of a folder to disk; Windows has no such call and keeps them by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_whole(descriptor: int, part: memoryview) -> None:
    while part:
        part = part[os.write(descriptor, part) :]
