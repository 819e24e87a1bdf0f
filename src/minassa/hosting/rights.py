"""As whom the database server runs: PostgreSQL refuses root, and root is whom a container gives us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minassa.hosting.binaries import Binaries
from minassa.hosting.errors import NoRights
from minassa.hosting.processes import found_on_path

if sys.platform != "win32":
    import pwd

ACCOUNTS = ("postgres", "nobody")
"""Accounts that root may become, the best first."""
NAMESPACE = ("--user", "--map-user=1000")
COPIES = "programs"


@dataclass(frozen=True, slots=True)
class Rights:
    """A way to run the server's programs: what stands before the command, and as which account."""

    binaries: Binaries
    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None
    way: str = "direct"

    @property
    def account(self) -> dict[str, Any]:
        """The arguments of `subprocess` that make a program run as the account."""
        return {} if self.user is None else {"user": self.user, "group": self.group, "extra_groups": []}

    def command(self, program: str, *arguments: str) -> list[str]:
        """The whole command that runs one of the server's programs in this way."""
        return [*self.prefix, self.binaries.program(program), *arguments]

    def own(self, folder: Path) -> None:
        """Hand a folder of ours (never its parents) to the account that the server runs as."""
        folder.chmod(0o700)
        if self.user is not None and sys.platform != "win32":
            os.chown(folder, self.user, -1 if self.group is None else self.group)

    def works(self, home: Path) -> bool:
        """Whether a program of the server runs in this way, with that folder within its reach."""
        shell = ["/bin/sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", str(home)]
        command = [*self.prefix, *shell, self.binaries.program("postgres"), "--version"]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=30, **self.account)
        except (OSError, subprocess.SubprocessError):
            return False
        return bool(done.returncode == 0)

    def own_all(self, folder: Path) -> None:
        """Hand over a folder and all it holds: data made as root, where root no longer has a way of its own."""
        self.own(folder)
        for path in folder.rglob("*"):
            if self.user is not None and sys.platform != "win32":
                os.chown(path, self.user, -1 if self.group is None else self.group, follow_symlinks=False)


def is_root() -> bool:
    """Whether we are root, whom PostgreSQL refuses."""
    return sys.platform != "win32" and os.geteuid() == 0


def in_namespace(binaries: Binaries, home: Path, owner: int) -> Rights | None:
    """Root under another number in a namespace of its own: files stay root's. Not for files of another account."""
    program = found_on_path("unshare")
    if program is None or owner != 0:
        return None
    rights = Rights(binaries, prefix=(program, *NAMESPACE), way="namespace")
    return rights if rights.works(home) else None


def as_account(binaries: Binaries, home: Path, owner: int) -> Rights | None:
    """Root becomes an account without power: the owner of the data when there is one."""
    if sys.platform == "win32":
        return None
    for entry in accounts(owner):
        rights = Rights(binaries, user=entry[0], group=entry[1], way="account")
        before = home.stat()
        rights.own(home)
        if rights.works(home):
            return rights
        os.chown(home, before.st_uid, before.st_gid)
    return None


def accounts(owner: int) -> Iterator[tuple[int, int]]:
    """User and group numbers that root may become for the data of that owner (0: not made yet, or root's)."""
    if sys.platform == "win32":
        return
    if owner:
        known = next((entry for entry in pwd.getpwall() if entry.pw_uid == owner), None)
        yield owner, known.pw_gid if known else owner
        return
    for name in ACCOUNTS:
        found = next((entry for entry in pwd.getpwall() if entry.pw_name == name), None)
        if found:
            yield found.pw_uid, found.pw_gid


def as_account_with_copy(binaries: Binaries, home: Path, owner: int) -> Rights | None:
    """The same, the server's programs copied beside the data: those of a venv under a closed home are out of reach."""
    return as_account(copied(binaries, home), home, owner)


def copied(binaries: Binaries, home: Path) -> Binaries:
    """A copy of the server's programs beside the data, with the sibling folder of libraries that a wheel has."""
    package = binaries.folder.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    place = home / COPIES
    copy = place / package.name / binaries.folder.parent.name / binaries.folder.name
    if not copy.exists():
        draft = place.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(binaries.folder.parent, draft / package.name / binaries.folder.parent.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for folder in (draft, *draft.rglob("*")):
            if folder.is_dir():
                folder.chmod(0o755)
        draft.replace(place)
    return Binaries(copy, binaries.major)


Way = Callable[[Binaries, Path, int], "Rights | None"]
WAYS: tuple[Way, ...] = (in_namespace, as_account, as_account_with_copy)


def choose_rights(binaries: Binaries, home: Path, data: Path, ways: tuple[Way, ...] = WAYS) -> Rights:
    """The first way that works to run the server on `data`, in the folder `home`; NoRights without any."""
    if not is_root():
        return Rights(binaries)
    owner = data.stat().st_uid if data.exists() else 0
    for way in ways:
        rights = way(binaries, home, owner)
        if rights is not None:
            if rights.user is not None and owner != rights.user and data.exists():
                rights.own_all(data)
            return rights
    raise NoRights(
        f"PostgreSQL refuse de tourner en root, et ni un espace de noms (unshare) ni le compte {' ou '.join(ACCOUNTS)} "
        f"n'atteignent « {home} ». Lancez Minassa sous un compte ordinaire, ou placez le dossier de travail "
        "(MINASSA_HOME) là où tous peuvent entrer, ou indiquez une base existante dans DATABASE_URL"
    )
