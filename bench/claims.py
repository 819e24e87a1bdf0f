"""A claim of 5,000 employees prepared, explained and verified; those of a nation opened and looked at again; invented.

    python -m bench.claims [PEOPLE]

The nation has 280,000 employees unless told; the firm of some 5,000 lines is the largest one of a nation of 42,000.
Beside each time stands its ratio to the bare run: the offer evaluated on the same rows, from frames to amounts, in a
process of its own, made anew here.
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

from bench._goals import Goal
from bench._nation import NOTICE, asked, prepared
from bench._platform import machine
from minassa.hosting.database import Database
from minassa.hosting.plant import Plant

ONE_FIRM = 42_000
ONE_SECONDS, AGAIN_SECONDS = 10, 180


def main() -> None:
    """Measure both, each on a database of its own."""
    people = asked()
    for what, size in (("one", min(ONE_FIRM, people)), ("nation", people)):
        _, bare = prepared(size, again=True)
        with tempfile.TemporaryDirectory(prefix="minassa-bench-") as folder:
            found = measured(Path(folder), what, size)
        times = ", ".join(
            f"{name} {spent['seconds']:.1f} s (this process {spent['cpu']:.1f} s, "
            f"{spent['seconds'] / bare['seconds']:.2f} of the bare run)"
            for name, spent in found["times"].items()
        )
        print(f"  {size} people, {found.get('claims', 1)} claims, {found['lines']} lines: {times}")
        print(f"  bare run of {size} people: {bare['seconds']:.1f} s, peak {bare['peak_mib']:.0f} MiB", flush=True)
        required(what, {name: spent["seconds"] for name, spent in found["times"].items()})


def required(what: str, seconds: dict[str, float]) -> None:
    """Say what is asked of these times."""
    if what == "one":
        Goal("claim of some 5,000 lines, from run to verified", sum(seconds.values()), ONE_SECONDS, "s").say()
    else:
        Goal("claims of the nation looked at again", seconds["looked at again"], AGAIN_SECONDS, "s").say()


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
