"""Fifty people read dashboards at once, with Locust, on a made-up nation: how long pages take to answer.

    python -m bench.dashboards [PEOPLE] [SECONDS]

The nation has 280,000 employees over 66 months unless told. The pages are those that `./run` serves, on a folder of
their own, once what follows a run is done; Locust sends from a process beside, on the same cores. Checked: every page
answered, each with its status.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench._goals import Goal
from bench._nation import NOTICE, asked, prepared
from bench._platform import Bench, machine, started
from bench.cockpit import COUNTRY, MILLION

READERS, SECONDS, WARM_SECONDS = 50, 90, 20
LIMIT_SECONDS = 0.5
COOKIE = "from django.conf import settings; import json; print(json.dumps(settings.SESSION_COOKIE_NAME))"


def main() -> None:
    """Start the platform on the run, let people read, say how long they waited."""
    people = asked()
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS  # noqa: PLR2004 (the second argument)
    run, _ = prepared(people)
    with tempfile.TemporaryDirectory(prefix="minassa-bench-") as folder:
        home = Path(folder)
        (home / "runs").mkdir()
        (home / "runs" / "calcul-0001").symlink_to(run)
        (home / "synthetic.json").write_text(json.dumps({"scale_millionths": people * MILLION // COUNTRY}), "utf-8")
        with started(home) as bench:
            print(f"{NOTICE} ; {machine(bench.url)}", flush=True)
            bench.run("bench._cockpit", "make")
            bench.run("bench._cockpit", "keep")
            read(bench, WARM_SECONDS)
            found = read(bench, seconds)
    tell(people, found)


def read(bench: Bench, seconds: int) -> list[dict[str, Any]]:
    """What Locust measured, page by page, of people who read for so many seconds."""
    sessions = {"name": bench.run_code(COOKIE), "values": bench.run("bench._cockpit", "sign-in", str(READERS))}
    told = bench.home / "sessions.json"
    told.write_text(json.dumps(sessions), "utf-8")
    command = (sys.executable, "-m", "locust", "-f", "bench/_readers.py", "--headless", "--json", "--only-summary")
    asked_of = ("-u", str(READERS), "-r", "10", "-t", f"{seconds}s", "--host", f"http://127.0.0.1:{bench.port}")
    environment = {**os.environ, "MINASSA_BENCH_SESSIONS": str(told)}
    done = subprocess.run((*command, *asked_of), env=environment, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise SystemExit(done.stderr[-2000:])
    pages: list[dict[str, Any]] = json.loads(done.stdout[done.stdout.index("[") :])
    return pages


def tell(people: int, found: list[dict[str, Any]]) -> None:
    """Each page, then all of them; SystemExit when one failed."""
    whole: Counter[int] = Counter()
    for page in sorted(found, key=lambda one: str(one["name"])):
        times = Counter({int(float(at)): number for at, number in page["response_times"].items()})
        whole += times
        print(f"  {page['name']:20} {times.total():6} answers, median {at(times, 50)} ms, p95 {at(times, 95)} ms")
        if page["num_failures"]:
            raise SystemExit(f"{page['name']}: {page['num_failures']} failures")
    print(f"  {people} people in the nation, {READERS} readers: {whole.total()} answers, p95 {at(whole, 95)} ms")
    Goal(f"dashboards, {READERS} readers, p95", at(whole, 95) / 1000, LIMIT_SECONDS, "s").say()


def at(times: Counter[int], percent: int) -> int:
    """The milliseconds within which so many in a hundred were answered."""
    wanted, seen = times.total() * percent / 100, 0
    for milliseconds in sorted(times):
        seen += times[milliseconds]
        if seen >= wanted:
            return milliseconds
    return 0


if __name__ == "__main__":
    main()
