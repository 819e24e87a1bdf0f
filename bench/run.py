"""Runs the benchmarks of this folder, each in a process of its own so that its peak of memory is its own.

`python bench/run.py` runs them all, `python bench/run.py NAME…` some, `python bench/run.py --list` lists them. At the
end, one table of what was required of them and what was reached, for those that say so (`bench._goals`).
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from bench._goals import Goal, read, table  # noqa: E402 (started as a script, the folder above is not on the path)


def available() -> dict[str, Path]:
    """Find the benchmarks: every other Python file of this folder, by name."""
    return {file.stem: file for file in sorted(FOLDER.glob("[a-z]*.py")) if file != Path(__file__).resolve()}


def sentence(file: Path) -> str:
    """Return the first line of a benchmark's docstring: what it measures."""
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "(no docstring)").splitlines()[0]


def run_one(name: str, file: Path, goals: list[tuple[str, Goal]]) -> bool:
    """Run one benchmark to its end; its figures are what it prints, its goals are added to those of the others."""
    print(f"\n=== {name}: {sentence(file)}", flush=True)
    command = [sys.executable, "-m", f"bench.{file.stem}"]
    at_once = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, cwd=FOLDER.parent, stdout=subprocess.PIPE, encoding="utf-8", env=at_once) as started:
        for line in started.stdout or ():
            goal = read(line)
            if goal is None:
                print(line, end="", flush=True)
            else:
                goals.append((name, goal))
    return started.returncode == 0


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
    goals: list[tuple[str, Goal]] = []
    failed = [name for name in arguments or found if not run_one(name, found[name], goals)]
    if goals:
        print(f"\n{table(goals)}")
    print(
        f"\n{len(arguments or found) - len(failed)} ran to their end"
        + (f"; failed: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
