"""Logs of the platform's processes, one file each, kept short by setting old halves aside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

BYTES = 5_000_000
KEPT = 3


class RotatingLog:
    """A log that never grows beyond so many bytes; the former ones are NAME.log.1 (the latest) to NAME.log.3."""

    def __init__(self, path: Path, *, largest: int = BYTES, kept: int = KEPT) -> None:
        self.path, self.largest, self.kept = path, largest, kept
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = path.open("ab")
        self.turn_of_one = threading.Lock()

    def write(self, line: bytes) -> None:
        """Add a line, on the disk at once; the last breath of a process whose log is closed is lost."""
        with self.turn_of_one:
            if self.file.closed:
                return
            if self.file.tell() + len(line) > self.largest:
                self.turn()
            self.file.write(line)
            self.file.flush()

    def turn(self) -> None:
        """Set the file aside and begin a new one."""
        self.file.close()
        names = [self.path, *(self.path.with_name(f"{self.path.name}.{n}") for n in range(1, self.kept + 1))]
        for older, newer in zip(reversed(names[1:]), reversed(names[:-1]), strict=True):
            if newer.exists():
                newer.replace(older)
        self.file = self.path.open("ab")

    def close(self) -> None:
        """Close the file."""
        with self.turn_of_one:
            self.file.close()


def follow(stream: IO[bytes], log: RotatingLog, heard: Callable[[str], None] | None = None) -> threading.Thread:
    """Copy what a process says into its log, line by line, until it ends; `heard` is told each line too."""

    def copy() -> None:
        with stream:
            for line in stream:
                log.write(line)
                if heard is not None:
                    heard(line.decode("utf-8", "replace").rstrip())

    thread = threading.Thread(target=copy, daemon=True)
    thread.start()
    return thread
