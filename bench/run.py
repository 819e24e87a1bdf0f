"""Runs the benchmarks of this folder, each in a process of its own so that its peak of memory is its own.

`python bench/run.py` runs them all, `python bench/run.py NAME…` some, `python bench/run.py --list` lists them.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def available() -> dict[str, Path]:
    """Find the benchmarks: every other Python file of this folder, by name."""
    return {file.stem: file for file in sorted(FOLDER.glob("[a-z]*.py")) if file != Path(__file__).resolve()}


def sentence(file: Path) -> str:
    """Return the first line of a benchmark's docstring: what it measures."""
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "(no docstring)").splitlines()[0]


def run_one(name: str, file: Path) -> bool:
    """Run one benchmark to its end; its figures are what it prints."""
    print(f"\n=== {name}: {sentence(file)}", flush=True)
    return subprocess.call([sys.executable, "-m", f"bench.{file.stem}"], cwd=FOLDER.parent) == 0


def main(arguments: list[str]) -> int:
    """Run what is asked; non-zero when a name is unknown or a benchmark fails (a wrong result, never a slow one)."""
    found = available()
    if arguments == ["--list"]:
        print("\n".join(f"{name:<24} {sentence(file)}" for name, file in found.items()) or "(no benchmark yet)")
        return 0
    unknown = [name for name in arguments if name not in found]
    if unknown:
        print(f"Unknown benchmark: {', '.join(unknown)}. Known: {', '.join(found) or 'none yet'}.")
        return 2
    failed = [name for name in arguments or found if not run_one(name, found[name])]
    print(
        f"\n{len(arguments or found) - len(failed)} ran to their end"
        + (f"; failed: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
