"""Processor time of the processes of a platform, on Linux: where the time of a step goes, on any machine."""

from __future__ import annotations

import os

from bench._platform import Bench
from minassa.hosting.database import Database
from minassa.hosting.processes import PROC, children_of

_USER, _CHILDREN_SYSTEM = 11, 14
"""Places of utime, stime, cutime and cstime in /proc/PID/stat, after the name of the program."""


def seconds_of(pid: int) -> float:
    """Seconds of processor, user and system, of a process and all it has started, ended or not."""
    own = _ticks(pid, _CHILDREN_SYSTEM)
    return (own + sum(_ticks(one, _CHILDREN_SYSTEM) for one in children_of(pid))) / os.sysconf("SC_CLK_TCK")


def processor_seconds(bench: Bench) -> dict[str, float]:
    """Seconds of processor of web server, worker and PostgreSQL so far; empty where the system does not tell."""
    server = Database(bench.home, None).server
    database = server.pid() if server is not None else None
    if database is None or not PROC.joinpath("self").exists():
        return {}
    return {
        "web": seconds_of(bench.pid("web")),
        "PostgreSQL": seconds_of(database),
        "worker": seconds_of(bench.pid("worker")),
    }


def _ticks(pid: int, last: int) -> int:
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return sum(map(int, text.rpartition(")")[2].split()[_USER : last + 1]))
