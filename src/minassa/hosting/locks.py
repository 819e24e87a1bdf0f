"""A lock file that the system lets go of when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BETWEEN_TRIES = 0.05
"""Seconds between two tries where the system cannot wait for us."""


def try_lock(descriptor: int) -> bool:
    """Whether the lock on an open file could be taken now."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of that file, waiting for whoever has it; children do not inherit it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not try_lock(descriptor):
            time.sleep(BETWEEN_TRIES)
        yield
    finally:
        os.close(descriptor)


def take(path: Path) -> int | None:
    """Take the lock of that file for as long as this process lives: its descriptor; None when another has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if try_lock(descriptor):
        return descriptor
    os.close(descriptor)
    return None
