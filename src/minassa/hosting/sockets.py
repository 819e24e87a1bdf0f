"""The folder of the server's Unix socket: ours alone, and short enough for the system."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from minassa.hosting.errors import UnsafeFolder

PORT = 5432
"""Only a part of the socket's name: nothing listens on the network."""
NAME = f".s.PGSQL.{PORT}"
LONGEST = 102
"""Bytes of a socket's path that every system takes (Linux 107, macOS 103), the final zero left out."""


def fits(folder: Path) -> bool:
    """Whether the socket's path in that folder is short enough."""
    return len(os.fsencode(folder / NAME)) <= LONGEST


def socket_folder(home: Path) -> Path:
    """The folder for the socket of the server kept in `home`: there, or under /tmp when that is too deep.

    Always the same for the same folder; not made here.
    """
    near = home.resolve() / "socket"
    if fits(near):
        return near
    mark = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    # Not TMPDIR, which differs from a terminal to a service: both must come to the same server.
    return Path("/tmp", f"minassa-{mark}")  # noqa: S108


def prepare(folder: Path, owners: set[int]) -> None:
    """Make the folder for its owner alone; UnsafeFolder when someone else made it first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (os.name != "nt" and found.st_uid not in owners):
        raise UnsafeFolder(
            f"« {folder} » appartient à quelqu'un d'autre : la base n'y sera pas ouverte. "
            "Faites-le retirer, ou choisissez un dossier de travail (MINASSA_HOME) au chemin plus court"
        )


def clear(folder: Path) -> None:
    """Remove what a server that is gone has left: its lock names a process number that another may bear by now."""
    for name in (NAME, f"{NAME}.lock"):
        (folder / name).unlink(missing_ok=True)
