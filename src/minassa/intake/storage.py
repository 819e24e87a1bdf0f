"""Where files sent are kept, sealed: drafts while they arrive, one file each once they are whole."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings

from minassa.declarations.durable import StorageFailed, sync_folder
from minassa.intake.sealing import SealedReader, Sealer, pieces

HEAD: Final = 1 << 16
"""Bytes of the beginning of a file that a draft keeps at hand."""
_SUFFIX: Final = ".sealed"


def folder() -> Path:
    """The folder of kept files, for this account of the system alone."""
    return _private(Path(settings.MINASSA_FILES) / "uploads")


def drafts() -> Path:
    """The folder of what is not kept yet: what is left there by a process that died is of no use."""
    return _private(Path(settings.MINASSA_FILES) / "drafts")


def _private(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keys() -> list[bytes]:
    """The keys that seal files, the current one first: those of encrypted fields, put to another use by HKDF."""
    return [base64.urlsafe_b64decode(key) for key in settings.MINASSA_FIELD_KEYS]


class Draft:
    """A file that arrives: sealed, hashed and measured as it comes, never whole in memory nor in clear on the disk."""

    def __init__(self, name: str) -> None:
        """Begin a draft under the name its sender gives it. `StorageFailed` when the disk refuses."""
        self.name = name
        self.size = 0
        self.head = b""
        self.has_nul = False
        self.problem = ""
        self._hash = hashlib.sha256()
        self._path = drafts() / f"{uuid4().hex}{_SUFFIX}"
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            self._stream = os.fdopen(descriptor, "wb")
            self._sealer = Sealer(self._stream, keys()[0])
        except OSError as cause:
            raise StorageFailed.on("Le fichier", cause) from cause

    @property
    def sha256(self) -> str:
        """Digest of what has come, in hexadecimal."""
        return self._hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Take one more piece. `StorageFailed` when the disk refuses."""
        if len(self.head) < HEAD:
            self.head += bytes(chunk[: HEAD - len(self.head)])
        self.has_nul = self.has_nul or b"\0" in chunk
        self.size += len(chunk)
        self._hash.update(chunk)
        try:
            self._sealer.write(chunk)
        except OSError as cause:
            raise StorageFailed.on("Le fichier", cause) from cause

    def finish(self) -> None:
        """Nothing more comes: the draft is whole and on disk. `StorageFailed` when the disk refuses."""
        try:
            self._sealer.close()
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
        except OSError as cause:
            raise StorageFailed.on("Le fichier", cause) from cause

    def reader(self) -> io.BufferedReader:
        """The draft, once whole, as its sender wrote it."""
        return _in_clear(self._path)

    def keep(self) -> str:
        """Move the draft among kept files, in one step and for good; the name it has there."""
        stored = self._path.name
        try:
            self._path.replace(folder() / stored)
            sync_folder(folder())
        except OSError as cause:
            raise StorageFailed.on("Le fichier", cause) from cause
        return stored

    def drop(self) -> None:
        """Keep nothing of it."""
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def opened(stored: str) -> io.BufferedReader:
    """A kept file, in clear, as a stream that gives its lines too. `SealBroken`; `StorageFailed` when it is gone."""
    try:
        return _in_clear(folder() / stored)
    except OSError as cause:
        raise StorageFailed.on("Le fichier gardé", cause) from cause


def _in_clear(path: Path) -> io.BufferedReader:
    # Buffered: a raw stream may give less than what is asked for, and the reader of archives takes that for the end.
    return io.BufferedReader(SealedReader(path.open("rb"), keys()), HEAD)


@contextmanager
def in_clear(stored: str, name: str) -> Iterator[Path]:
    """A kept file under its own name, in clear, in a folder of its own that nobody else may read and that goes away.

    The reader of declarations opens files by their path. A process that is killed leaves the folder to `sweep`.
    """
    place = Path(tempfile.mkdtemp(prefix="check-", dir=drafts()))
    try:
        path = place / name
        with opened(stored) as sealed, path.open("wb") as plain:
            path.chmod(0o600)
            for piece in pieces(sealed):
                plain.write(piece)
        yield path
    finally:
        shutil.rmtree(place, ignore_errors=True)


def forget(stored: str) -> None:
    """Erase a kept file."""
    (folder() / stored).unlink(missing_ok=True)


def kept() -> dict[str, float]:
    """Names of kept files, each with the second (since 1970) it was last written at."""
    with os.scandir(folder()) as entries:
        return {entry.name: entry.stat().st_mtime for entry in entries if entry.name.endswith(_SUFFIX)}


def sweep_drafts(before: float) -> int:
    """Erase drafts and clear copies last touched before that second: their process is dead. How many."""
    swept = 0
    with os.scandir(drafts()) as entries:
        for entry in list(entries):
            if entry.stat(follow_symlinks=False).st_mtime < before:
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink(missing_ok=True)
                swept += 1
    return swept
