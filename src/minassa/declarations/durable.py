"""Files that survive a power cut: written apart, forced to disk, then renamed in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from minassa.vocabulary.errors import MinassaError


class StorageFailed(MinassaError):
    """The disk refused to keep what was written: full, read-only, or gone. Nothing became visible; try again."""

    code = "storage-failed"

    @classmethod
    def on(cls, what: str, cause: Exception) -> StorageFailed:
        """The failure to write something, with what the system says of it."""
        why = getattr(cause, "strerror", None) or type(cause).__name__
        return cls(f"{what} n'a pas pu être écrit ({why}) : libérez de la place ou rétablissez l'accès.")


def write_atomically(path: Path, parts: Iterable[bytes | bytearray | memoryview]) -> None:
    """Write a file so that it is either whole or absent, for good; its folder too. `StorageFailed` otherwise."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb", buffering=0) as stream:
            for part in parts:
                _write_whole(stream.fileno(), memoryview(part))
            os.fsync(stream.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as cause:
        raise StorageFailed.on(path.name, cause) from cause
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


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
