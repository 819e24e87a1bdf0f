"""Whole five-agency cases through the API (steps/s, p50, p95), beside a bare view that writes one row; invented firms.

    python -m bench.steps [--seconds 20] [--rounds 2]

The platform is the one `./run` starts: granian with two workers, the worker, its own PostgreSQL with every commit
forced to disk; simulators are left out, the load answers in their place. Eight clients keep a connection open in a
process of their own: open, save, attach, sign, submit, five signed answers, decide. The bare view is served by the same
granian, written to the same database, loaded by the same clients, in turns with the cases. Checked: every step is
accepted, every case ends accepted, every chain of the journal holds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psycopg

from bench._load import CLIENTS
from bench._platform import Bench, machine, percentile, started
from bench._processor import processor_seconds
from minassa.hosting.plant import serving
from minassa.hosting.ports import free_port, served


def bare_server(bench: Bench, port: int) -> subprocess.Popen[bytes]:
    """The bare view, served as the platform is."""
    with psycopg.connect(bench.url) as link:
        link.execute("CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, body text)")
    command = serving("bench._bare:application", port)
    return subprocess.Popen(command, env=bench.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def rate(made: dict[str, Any]) -> float:
    """Requests a second."""
    return len(made["spent"]) / float(made["elapsed"])


def played(bench: Bench, cast: Path, seconds: float) -> dict[str, Any]:
    """Cases played for so long, with the seconds of processor that each process used meanwhile."""
    before = processor_seconds(bench)
    made: dict[str, Any] = bench.run("bench._load", "cases", str(cast), str(seconds))
    if made["wrong"]:
        raise SystemExit(f"a step was refused: {made['wrong'][:3]}")
    used = {name: after - before[name] for name, after in processor_seconds(bench).items()}
    made["used"] = {**used, "clients": made["processor"]} if used else {}
    return made


def processor_line(made: list[dict[str, Any]]) -> str:
    """Milliseconds of processor for each step, by process; the case that warms each client counts here too."""
    steps = sum(len(one["spent"]) + one["warm"] for one in made)
    names = made[0]["used"]
    each = {name: sum(one["used"][name] for one in made) / steps * 1e3 for name in names}
    shown = ", ".join(f"{name} {value:.2f}" for name, value in each.items())
    return f"processor    {sum(each.values()):7.2f} ms a step: {shown}"


def checked(bench: Bench, finished: int) -> None:
    """Every case is accepted, and the chain of each holds; SystemExit otherwise."""
    with psycopg.connect(bench.url) as link:
        states: dict[str, int] = dict(
            link.execute("SELECT state, count(*) FROM onestop_case GROUP BY state").fetchall()
        )
        broken = link.execute(
            "SELECT count(*) FROM (SELECT number, previous_hash, "
            "lag(hash) OVER (PARTITION BY stream ORDER BY number) AS before FROM journal_entry) AS entry "
            "WHERE number > 1 AND previous_hash <> before"
        ).fetchone()
    if set(states) != {"accepted"} or states["accepted"] < finished or broken != (0,):
        raise SystemExit(f"wrong result: {states}, broken chains {broken}")
    print(f"checked: {states['accepted']} cases accepted, 0 broken chains")


def table(spent: list[list[Any]]) -> None:
    """Median, p95 and p99 of each kind of step, in milliseconds."""
    kinds: dict[str, list[float]] = defaultdict(list)
    for name, milliseconds in spent:
        kinds[name].append(milliseconds)
        kinds["all steps"].append(milliseconds)
    print(f"  {'':12s} {'number':>8s} {'p50 ms':>8s} {'p95 ms':>8s} {'p99 ms':>8s}")
    for name, values in kinds.items():
        p50, p95, p99 = (percentile(values, percent) for percent in (50, 95, 99))
        print(f"  {name:12s} {len(values):8d} {p50:8.1f} {p95:8.1f} {p99:8.1f}")


def main() -> None:
    """Measure, in turns, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=20, help="of each measure")
    parser.add_argument("--rounds", type=int, default=2, help="of each, in turns")
    given = parser.parse_args()
    with started() as bench:
        print(machine(bench.url))
        cast = {**bench.run("bench._cast", str(CLIENTS)), "port": bench.port}
        file = bench.home / "cast.json"
        file.write_text(json.dumps(cast), "utf-8")
        port = free_port(bench.port + 1)
        server = bare_server(bench, port)
        try:
            while not served(port):
                time.sleep(0.1)
            steps, bare = [], []
            for _ in range(given.rounds):
                bare.append(bench.run("bench._load", "bare", str(port), str(given.seconds / 2)))
                steps.append(played(bench, file, given.seconds))
        finally:
            server.terminate()
            server.wait()
        everything = [one for made in steps for one in made["spent"]]
        checked(bench, sum(1 for name, _ in everything if name == "decide"))
        table(everything)
        of_steps, of_bare = max(map(rate, steps)), max(map(rate, bare))
        if steps[0]["used"]:
            print(processor_line(steps))
        print(f"steps/s      best {of_steps:7.1f}   each round {[round(rate(one), 1) for one in steps]}")
        print(f"bare view/s  best {of_bare:7.1f}   each round {[round(rate(one), 1) for one in bare]}")
        print(f"ratio        {of_steps / of_bare:7.2f} of the bare view; load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
