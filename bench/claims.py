"""A claim of 5,000 employees prepared, explained and verified; those of a nation opened and looked at again; invented.

    python -m bench.claims [PEOPLE]

The nation has 280,000 employees unless told; the firm of some 5,000 lines is the largest one of a nation of 42,000.
Checked: what is read is what was frozen, lines add up to claims, and nothing changes when the same run is looked at
again. No rival is known that prepares claims from declarations. PostgreSQL forces every commit to disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench._nation import NOTICE, asked, prepared
from bench._platform import machine
from minassa.hosting.database import Database
from minassa.hosting.plant import Plant

ONE_FIRM = 42_000


def main() -> None:
    """Measure both, each on a database of its own."""
    people = asked()
    for what, size in (("one", min(ONE_FIRM, people)), ("nation", people)):
        prepared(size)
        with tempfile.TemporaryDirectory(prefix="minassa-bench-") as folder:
            found = measured(Path(folder), what, size)
        times = ", ".join(
            f"{name} {spent['seconds']:.1f} s (this process {spent['cpu']:.1f} s)"
            for name, spent in found["times"].items()
        )
        print(f"  {size} people, {found.get('claims', 1)} claims, {found['lines']} lines: {times}", flush=True)


def measured(home: Path, what: str, people: int) -> dict[str, Any]:
    """What a process says of its measure, on a new database."""
    database = Database(home, None)
    url = database.start()
    environment = {**Plant(home).environment(url, "http://127.0.0.1", {}), "PYTHONPATH": os.pathsep.join(("src", "."))}
    try:
        print(f"{NOTICE} ; {machine(url)}", flush=True)
        migrate = (sys.executable, "-m", "minassa.web", "migrate", "--verbosity", "0")
        subprocess.run(migrate, env=environment, check=True)
        command = (sys.executable, "-m", "bench._claims", what, str(people))
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        server = database.server
        if server is not None:
            server.stop()
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
