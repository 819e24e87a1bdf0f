"""Faults on purpose: processes killed without warning, networks that misbehave, and how long until effects flow again.

A process is watched over and started again by what does it under `./run`: the supervisor, and the look at the database.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import threading
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench._platform import AGENCIES, Bench
from bench._proxy import Proxy
from minassa.hosting.plant import BETWEEN_LOOKS, DATABASE_LOOKS, Plant
from minassa.hosting.server import Server

KILLED = ("worker", "web", "backend", "postmaster", "agency")
"""What is killed: the worker, the server of pages, a process of PostgreSQL, the first of them, an agency."""
IN_FLIGHT = 0.2
"""Seconds after a kill within which what was done just before may still be committed."""


def ask(url: str, query: str, given: Any = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Rows of a query, over a connection of its own, tried again while PostgreSQL recovers."""
    limit = time.monotonic() + 120
    while True:
        try:
            with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as link:
                cursor = link.execute(query.encode(), given)
                return cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)


def tell(port: int, order: Mapping[str, object]) -> None:
    """An order to an agency; one that has just been killed hears nothing."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/control", json.dumps(order).encode())
    with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=3):  # noqa: S310
        pass


@contextmanager
def watched(bench: Bench) -> Iterator[None]:
    """Watch over processes and database as the platform does, in a thread, until the block ends."""
    stop, plant = threading.Event(), Plant(bench.home)

    def look() -> None:
        looked = time.monotonic()
        while not stop.wait(BETWEEN_LOOKS):
            bench.supervisor.look()
            if time.monotonic() - looked > DATABASE_LOOKS:
                plant.revive_database(lambda _sentence: None)
                looked = time.monotonic()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@dataclass(frozen=True, slots=True)
class Flow:
    """What has had its effect so far: messages delivered to each agency, answers received."""

    delivered: Mapping[str, int]
    answered: int

    def since(self, killed: str, before: Flow) -> bool:
        """Whether what the killed process does is done again: anything before it was killed does not count."""
        sent = sum(self.delivered.values()) > sum(before.delivered.values())
        received = self.answered > before.answered
        if killed in AGENCIES:
            return self.delivered[killed] > before.delivered[killed]
        return {"worker": sent, "web": received}.get(killed, sent and received)

    def over(self, killed: str, expected: Flow) -> bool:
        """Whether nothing is left to do of what the killed process does."""
        sent = self.delivered == expected.delivered
        received = self.answered == expected.answered
        if killed in AGENCIES:
            return self.delivered[killed] == expected.delivered[killed]
        return {"worker": sent, "web": received}.get(killed, sent or received)


@dataclass
class Chaos:
    """Changes modes, gives orders to agencies, kills; measures how long until what was killed works again."""

    bench: Bench
    proxies: Mapping[str, Proxy]
    controls: Sequence[int]
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    recoveries: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    untold: int = 0
    _waiting: list[tuple[str, str, float, Flow]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw from the seed."""
        self.chance = random.Random(self.seed)  # noqa: S311

    @property
    def longest(self) -> float:
        """Seconds of the longest recovery, one still awaited included."""
        awaited = [time.monotonic() - at for _kind, _name, at, _before in self._waiting]
        return max([*(max(each) for each in self.recoveries.values()), *awaited], default=0.0)

    def told(self) -> str:
        """The longest recovery of each kind, in seconds, of how many."""
        each = [f"{kind} {max(found):.1f} of {len(found)}" for kind, found in sorted(self.recoveries.items())]
        return ", ".join([*each, f"{self.untold} not measured, nothing was left to do"])

    def recovered(self, flow: Flow, expected: Flow) -> None:
        """Take note of what works again; what had nothing left to do when it was back tells nothing."""
        now = time.monotonic()
        for one in list(self._waiting):
            kind, name, at, before = one
            if flow.since(name, before):
                self.recoveries[kind].append(now - at)
                self._waiting.remove(one)
            elif flow.over(name, expected):
                self.untold += 1
                self._waiting.remove(one)

    def step(self, seconds: float) -> str:
        """Some seconds of chaos: the kind of process to kill now, empty for none."""
        for proxy in self.proxies.values():
            if self._happens(0.5 * seconds):
                proxy.change()
        if self._happens(0.3 * seconds):
            order = {"duplicate": self.chance.randrange(3), "reorder": self._happens(0.5)}
            tell(self.chance.choice(self.controls), order)
        if self._happens(seconds / 12):
            kind = self.chance.choice(KILLED)
            if kind not in {one[0] for one in self._waiting}:
                return kind
        return ""

    def kill(self, kind: str, count: Callable[[], Flow]) -> None:
        """Kill one process of a kind without warning; what is done from then on tells that it works again."""
        name = self.chance.choice(AGENCIES) if kind == "agency" else kind
        at = time.monotonic()
        with contextlib.suppress(LookupError, ProcessLookupError):
            os.kill(self._pid(kind, name), signal.SIGKILL)
            self.kills[kind] += 1
            time.sleep(IN_FLIGHT)
            self._waiting.append((kind, name, at, count()))

    def _pid(self, kind: str, name: str) -> int:
        if kind == "backend":
            query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            found: int | None = self.chance.choice([row[0] for row in ask(self.bench.url, query)] or [None])
        elif kind == "postmaster":
            found = Server(self.bench.home / "postgres").pid()
        else:
            found = self.bench.pid(f"simulator-{name}" if kind == "agency" else name)
        if found is None:
            raise LookupError(name)
        return found

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def peace(self) -> None:
        """No more faults."""
        for proxy in self.proxies.values():
            proxy.mode = "normal"
        for port in self.controls:
            tell(port, {"duplicate": 0, "reorder": False})
