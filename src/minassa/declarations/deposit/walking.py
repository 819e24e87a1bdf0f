"""Which files are deposited, in which order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from minassa.declarations.collecting import collector_at_rest
from minassa.declarations.files import Found, found
from minassa.vocabulary.errors import MinassaError

DECLARATIONS: Final = "declarations"
"""The sub-folder of a country that holds what employers send."""


class NothingToDeposit(MinassaError):
    """A path that does not exist or cannot be listed."""

    code = "deposit-path-unreadable"


Met = Callable[[Sequence[Found]], None]
"""Told the files of each folder as soon as it is listed."""


def walk(paths: Iterable[str | Path], met: Met) -> list[Found]:
    """The files given and those of the folders given, once each, by period, employer and name.

    Of a folder that has a sub-folder `declarations`, only that one is walked. Hidden files are left out, links to
    folders are not followed. `NothingToDeposit` when a path cannot be read.
    """
    with collector_at_rest():
        below = [_below(os.fspath(path), met) for path in paths]
        # Inside one folder no file is met twice.
        return sorted(below[0] if len(below) == 1 else set(chain.from_iterable(below)))


def _below(path: str, met: Met) -> list[Found]:
    try:
        status = os.stat(path)  # noqa: PTH116 - paths stay texts here: a Path for each of 80,000 files costs more
        if stat.S_ISDIR(status.st_mode):
            inner = os.path.join(path, DECLARATIONS)  # noqa: PTH118 - the same
            return _inside(inner if os.path.isdir(inner) else path, met)  # noqa: PTH112 - the same
        alone = [found(path, Path(path).name, status.st_size)]
    except (OSError, ValueError) as cause:
        why = (isinstance(cause, OSError) and cause.strerror) or "chemin impossible"
        raise NothingToDeposit(f"{path} ne peut pas être lu ({why}) : vérifiez le chemin et vos droits.") from cause
    met(alone)
    return alone


def _inside(folder: str, met: Met) -> list[Found]:
    files: list[Found] = []
    folders = [folder]
    while folders:
        before = len(files)
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.is_file():
                    files.append(found(entry.path, entry.name, entry.stat().st_size))
        met(files[before:])
    return files
