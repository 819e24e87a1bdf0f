"""The synthetic nation that benchmarks share: made once, deposited once, run once, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
SOURCES = Path(__file__).resolve().parent.parent / "src"
MONTHS, SEED = 66, 2025
WHOLE = 280_000
MIB = 1 << 10
NOTICE = "données synthétiques"


def asked(default: int = WHOLE) -> int:
    """The number of people: the argument of the command line when there is one."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else default


def folder(people: int) -> Path:
    """Where the nation of so many people and its workspace stand."""
    return RESULTS / f"nation-{people}-{MONTHS}"


def prepared(people: int) -> Path:
    """The workspace of a nation that is made, deposited and run; what is there already is not made again."""
    home = folder(people)
    step(home, "make", ["nation", "make", str(home / "nation"), "--people", str(people), "--months", str(MONTHS),
                        "--seed", str(SEED), "--workers", "2"])  # fmt: skip
    step(home, "deposit", ["deposit", str(home / "nation")])
    if not list((home / "work" / "runs").glob("*/manifest.json")):
        step(home, "run", ["run"])
    return home / "work"


def step(home: Path, name: str, words: list[str], *, again: bool = False) -> dict[str, float]:
    """Run a command of Minassa to its end, once; seconds and peak of memory (MiB) are noted beside the nation."""
    home.mkdir(parents=True, exist_ok=True)
    note = home / f"{name}.json"
    if again or not note.is_file():
        before = time.perf_counter()
        command = [sys.executable, "-m", "minassa.cli.main", "--workspace", str(home / "work"), *words]
        child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SOURCES)})
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"minassa {' '.join(words)} : statut {status}")
        seconds = time.perf_counter() - before
        note.write_text(json.dumps({"seconds": seconds, "peak_mib": usage.ru_maxrss / MIB}), encoding="utf-8")
    measured: dict[str, float] = json.loads(note.read_text(encoding="utf-8"))
    return measured
