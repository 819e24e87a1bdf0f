"""What the benchmarks of the platform share: the platform on a folder of its own, people and systems that call it.

Everything is invented. The server of pages, the worker and PostgreSQL (every commit forced to disk) are those that
`./run` starts, by the same commands.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from minassa.hosting.database import Database
from minassa.hosting.plant import TABLES, Plant
from minassa.hosting.ports import free_port, served
from minassa.hosting.supervising import Child, Supervisor

AGENCIES = ("cnss", "dgi", "commune", "immigration", "gisre")


@dataclass
class Bench:
    """A running platform: its folder, its database, its address, its processes."""

    home: Path
    url: str
    port: int
    supervisor: Supervisor

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        return self.supervisor.environment

    def run(self, module: str, *arguments: str) -> Any:  # noqa: ANN401 (JSON)
        """Run a module against this platform in a process of its own; the JSON that it prints last."""
        command = (sys.executable, "-m", module, *arguments)
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])

    def run_code(self, code: str, *arguments: str) -> Any:  # noqa: ANN401 (JSON)
        """Run a short script against this platform in a process of its own; the JSON that it prints last."""
        command = (sys.executable, "-c", code, *arguments)
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])

    def pid(self, name: str) -> int:
        """The process of a child."""
        for one in self.supervisor.watched:
            if one.child.name == name and one.process is not None:
                return one.process.pid
        raise LookupError(name)

    def wait(self) -> None:
        """Wait until pages are served."""
        limit = time.monotonic() + 120
        while not served(self.port):
            if time.monotonic() > limit:
                raise SystemExit(f"no answer: see {self.home / 'log'}")
            self.supervisor.look()
            time.sleep(0.1)


@contextmanager
def started(folder: Path | None = None, *, worker: bool = True, extra: Sequence[Child] = ()) -> Iterator[Bench]:
    """The platform on a folder (a new one unless told, removed at the end), without simulators nor demonstration."""
    home = folder or Path(tempfile.mkdtemp(prefix="minassa-bench-"))
    plant = Plant(home)
    database = Database(home, None)
    url = database.start()
    port = free_port(8400)
    told = plant.environment(url, f"http://127.0.0.1:{port}", dict.fromkeys(AGENCIES, 0))
    environment = {**told, "PYTHONPATH": os.pathsep.join(("src", "."))}
    supervisor = Supervisor(plant.log_folder, plant.state_file, secrets.token_hex(8), environment)
    supervisor.more = {"address": environment["MINASSA_ADDRESS"], "port": port}
    try:
        with plant.preparing(environment, accounts=False) as preparation:
            preparation.reach(TABLES)
        children = plant.children(supervisor)[: 2 if worker else 1]
        for child in (*children, *extra):
            supervisor.add(child)
        supervisor.look()
        bench = Bench(home, url, port, supervisor)
        bench.wait()
        yield bench
    finally:
        supervisor.stop()
        server = database.server
        if server is not None:
            server.stop()
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def machine(url: str) -> str:
    """The machine and the database, in a line."""
    with psycopg.connect(url) as link:
        rows = [link.execute(f"SHOW {name}").fetchone() for name in ("server_version", "fsync", "synchronous_commit")]
    version, fsync, commit = (row[0] for row in rows if row)
    return (
        f"Python {platform.python_version()}, PostgreSQL {version} (fsync {fsync}, synchronous_commit {commit}), "
        f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}"
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many in a hundred lie."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
