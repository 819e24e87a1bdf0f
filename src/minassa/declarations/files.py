"""Files as they are found and read: sorted, grouped, told apart, and never read whole when their head is enough."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from minassa.declarations.findings import Finding, Severity
from minassa.declarations.kinds import UNKNOWN, recognise

GROUP_BYTES: Final = 48 << 20
"""Bytes of files that are read, checked and kept together; a larger file goes alone."""
GROUP_FILES: Final = 8192
"""The most files of a group."""
GROUP_SECONDS: Final = 1.0
"""What a group should take at most to deposit, roughly: files of other kinds than e-BDS are slower to read."""

_GROUPS = 6
_LEAST = 8 << 20
_HEAD = 65_536
_SURE = 512
"""Bytes that are enough to know a record of a fixed-width file."""
_LARGE = 1 << 20
_LARGEST_READ = 1 << 30
_ZIP = b"PK\x03\x04"
_LARGEST_ZIP = 256 << 20

# Bytes as they are on Windows; elsewhere, never waiting for a pipe that somebody put there.
_OPENED: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)

# DS_9900003_202510.txt, COMPTES_9900003_2025.csv, FICHE_9900003.xlsx…
_NAMED = re.compile(r"[A-Za-z]+[0-9]?_([0-9]{7})(?:_([0-9]{4,6}))?(?![0-9])")


class Found(NamedTuple):
    """A file: what its name says of when and who, its name alone, where it is, its size in bytes (-1: not known).

    Sorted, the files of a month stand together, and a préétabli comes just before its declaration.
    """

    period: str
    declarant: str
    name: str
    path: str
    size: int


class Original(NamedTuple):
    """What was read of a file: its name, its kind, its bytes, or why there are none.

    `whole` is False when the head alone was read, because it cannot be a file that we know: the kind is then unknown.
    """

    name: str
    kind: str
    content: bytes
    whole: bool = True
    problem: Finding | None = None


def found(path: str, name: str, size: int) -> Found:
    """A file at a path, its name alone, its size."""
    said = _NAMED.match(name)
    declarant, period = said.groups("") if said else ("", "")
    return Found(period, declarant, name, path, size)


def seconds(file: Found) -> float:
    """Roughly how long a file takes to deposit on one processor, read with others; e-BDS files (.txt) take least."""
    _, _, name, _, size = file
    return 0.000_06 + size / 250e6 if name[-4:].lower() == ".txt" else 0.000_5 + size / 20e6


def groups(files: Sequence[Found]) -> Iterator[list[Found]]:
    """The files, in their order, by groups of about `GROUP_SECONDS`, at most `GROUP_BYTES` and `GROUP_FILES`.

    A few files are cut smaller all the same, so that reading, checking, writing and the disk have each their own.

    The files of one employer and period stay together: a declaration is checked beside its préétabli.
    """
    group: list[Found] = []
    most = min(GROUP_BYTES, max(_LEAST, sum(max(file.size, 0) for file in files) // _GROUPS))
    size, taken = 0, 0.0
    for file in files:
        its_size, its_time = max(file.size, 0), seconds(file)
        size, taken = size + its_size, taken + its_time
        full = size > most or len(group) >= GROUP_FILES or taken > GROUP_SECONDS
        if full and group and (not file.declarant or file[:2] != group[-1][:2]):
            yield group
            group, size, taken = [], its_size, its_time
        group.append(file)
    if group:
        yield group


def read(file: Found) -> Original:
    """The file, read; never raises: a file that cannot be read says so."""
    _, _, name, path, size = file
    try:
        descriptor = os.open(path, _OPENED)
        try:
            content = os.read(descriptor, size + 1 if 0 < size < _HEAD else _HEAD)
            if size != len(content) or not content or len(content) == _HEAD:
                return _read_on(name, descriptor, content)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as cause:
        return _unreadable(file, cause)
    return Original(name, _kind(content, name), content)


def _read_on(name: str, descriptor: int, head: bytes) -> Original:
    """A file that is large, or not of the size it was said to be, once its head is read."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return Original(name, UNKNOWN, b"", problem=_problem("FICHIER-LECTURE", "Ce n'est pas un fichier."))
    if status.st_size > _LARGE and not _is_promising(head, status.st_size):
        return Original(name, UNKNOWN, head, whole=False)
    content = _whole(descriptor, status.st_size)
    return Original(name, _kind(content, name), content)


def _whole(descriptor: int, size: int) -> bytes:
    """The whole file; in one piece, without copying, when its size is what it is said to be."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = [os.read(descriptor, min(size + 1, _LARGEST_READ))]
    while parts[-1] and sum(map(len, parts)) != size:
        parts.append(os.read(descriptor, _LARGEST_READ))
    return b"".join(parts)


def _kind(content: bytes, name: str) -> str:
    if content[1:2] == b"0":
        return recognise(content[:_SURE], name)
    return recognise(content if content.startswith(_ZIP) else content[:_HEAD], name)


def _is_promising(head: bytes, size: int) -> bool:
    """Whether a large file is worth reading whole: its content says what it is, or only its whole could."""
    if head.startswith(_ZIP):
        return size <= _LARGEST_ZIP
    return recognise(head, "") != UNKNOWN or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _unreadable(file: Found, cause: OSError | ValueError) -> Original:
    if isinstance(cause, (FileNotFoundError, NotADirectoryError, ValueError)):
        message = "Ce fichier n'existe pas : vérifiez le chemin."
    elif isinstance(cause, IsADirectoryError) or os.path.isdir(file.path):  # noqa: PTH112 - Path.is_dir may raise
        message = "C'est un dossier : donnez les fichiers qu'il contient."
    elif isinstance(cause, PermissionError):
        message = "Vous n'avez pas le droit de lire ce fichier : demandez-le, ou copiez-le ailleurs."
    else:
        message = f"Le fichier ne peut pas être lu ({cause.strerror or 'erreur du disque'}) : recopiez-le."
    return Original(file.name, UNKNOWN, b"", problem=_problem("FICHIER-LECTURE", message))


def _problem(rule: str, message: str) -> Finding:
    return Finding(rule, Severity.REJECT, 0, 0, message)
