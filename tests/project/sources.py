"""What the tests of the project itself read: its files, its syntax trees, its settings."""

from __future__ import annotations

import ast
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "minassa"
LOWER_HALF = frozenset({"vocabulary", "engine", "offer", "declarations", "delays", "proof", "entitlements"})
LOWER_HALF |= {"talent", "nation", "outlook"}
"""The packages drawn below the line in docs/architecture.md: no clock, no environment, no database, no web."""
NEVER_OURS = {".git", "var", "build", "dist", "__pycache__", "results"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is committed or would be: what Git knows, else (a copy without Git) what lies outside caches."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listing = [git, "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.splitlines()
        return tuple(file for name in sorted(set(names)) if (file := ROOT / name).is_file())
    return tuple(sorted(_outside_caches(ROOT)))


def _outside_caches(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.is_file():
            yield entry
        elif entry.name not in NEVER_OURS and (not entry.name.startswith(".") or entry.name == ".ci"):
            yield from _outside_caches(entry)


def python_files(*folders: str) -> list[Path]:
    """Python files of the project under the given folders of its root, and the script `run` when asked for it."""
    tops = [ROOT / folder for folder in folders]
    return [
        file
        for file in project_files()
        if (file.suffix == ".py" and any(file.is_relative_to(top) for top in tops)) or file in tops
    ]


@cache
def tree(file: Path) -> ast.Module:
    """Syntax tree of a module."""
    return ast.parse(file.read_text("utf-8"), filename=str(file))


def text_of(file: Path) -> str | None:
    """Text of a file, or None when it is not UTF-8 (an office file, an example in an administration's encoding)."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def place(file: Path, line: int | None = None) -> str:
    """How a file, or a line of it, is shown in a message."""
    return f"{file.relative_to(ROOT)}" + (f":{line}" if line else "")


def packages() -> list[str]:
    """Names of the packages of Minassa that hold at least one module."""
    return sorted({file.relative_to(PACKAGE).parts[0] for file in python_files("src") if file.parent != PACKAGE})


def measures() -> list[Path]:
    """Folders of the offer, one per measure."""
    offer = PACKAGE / "offer"
    return sorted(
        {offer / f.relative_to(offer).parts[0] for f in python_files("src/minassa/offer") if f.parent != offer}
    )


@cache
def settings() -> dict[str, Any]:
    """Return pyproject.toml, read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def contract(kind: str) -> dict[str, Any]:
    """Return the import contract of a kind (`layers`, `forbidden`, `independence`, `acyclic_siblings`)."""
    found: dict[str, Any] = next(c for c in settings()["tool"]["importlinter"]["contracts"] if c["type"] == kind)
    return found
