"""The cockpit of the committees on a made-up nation: its table made once, then a first page cold, then its filters.

    python -m bench.cockpit [PEOPLE]

The nation has 280,000 employees over 66 months unless told. The table is made in a process of its own, as after each
run; each cold page is the first one of a new process whose code is loaded, with PostgreSQL behind; filters are asked
as htmx asks them, one after the other, each another one. Checked: the net jobs shown are those of the firms of the run.
"""

from __future__ import annotations

import json
import os
import statistics
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

COLD, COLD_SECONDS, FILTER_SECONDS = 3, 2, 0.3
MILLION = 1_000_000
COUNTRY = 148_500


def main() -> None:
    """Make the table, then measure the page."""
    people = asked()
    run, _ = prepared(people)
    with tempfile.TemporaryDirectory(prefix="minassa-bench-") as folder:
        home = Path(folder)
        (home / "runs").mkdir()
        (home / "runs" / "calcul-0001").symlink_to(run)
        scale = people * MILLION // COUNTRY
        (home / "synthetic.json").write_text(json.dumps({"scale_millionths": scale}), "utf-8")
        found = measured(home)
    made, colds = found["made"], [one["cold"] for one in found["pages"]]
    filters = [seconds for one in found["pages"] for seconds in one["filters"]]
    what = f"table of {made['rows']} rows made in {made['seconds']:.1f} s, peak {made['peak_mib']:.0f} MiB"
    print(f"  {people} people: {what}")
    print(f"  cold: median {statistics.median(colds):.3f} s, worst {max(colds):.3f} s of {len(colds)} processes")
    print(f"  filters: median {statistics.median(filters):.3f} s, worst {max(filters):.3f} s of {len(filters)}")
    cpu = [seconds for one in found["pages"] for seconds in one["filters_cpu"]]
    print(f"  processor: cold {max(one['cold_cpu'] for one in found['pages']):.3f} s, filters at most {max(cpu):.3f} s")
    Goal("cockpit, first page of a process, worst", max(colds), COLD_SECONDS, "s").say()
    Goal("cockpit, a filter, worst", max(filters), FILTER_SECONDS, "s").say()


def measured(home: Path) -> dict[str, Any]:
    """What processes say of the table and of the pages, on a new database."""
    database = Database(home, None)
    url = database.start()
    environment = {**Plant(home).environment(url, "http://127.0.0.1", {}), "PYTHONPATH": os.pathsep.join(("src", "."))}
    try:
        print(f"{NOTICE} ; {machine(url)}", flush=True)
        migrate = (sys.executable, "-m", "minassa.web", "migrate", "--verbosity", "0")
        subprocess.run(migrate, env=environment, check=True)
        made = told(environment, "make")
        return {"made": made, "pages": [told(environment, "page", str(seed)) for seed in range(COLD)]}
    finally:
        server = database.server
        if server is not None:
            server.stop()


def told(environment: dict[str, str], *what: str) -> dict[str, Any]:
    """The last line that a process prints, as it wrote it."""
    command = (sys.executable, "-m", "bench._cockpit", *what)
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
