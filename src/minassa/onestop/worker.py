"""The worker: loops that take durable rows under lease, each in a thread of its own, until told to stop.

Any number of workers may run on any number of machines; killing one at any point loses nothing, for what it held is
taken again when its lease ends. Other packages add loops by naming them in their application: `worker_loops`, dotted
names of functions `(at) -> bool` that do one piece of work and say whether there was any.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias, TypeVar

from django.apps import apps
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from minassa.onestop.delivery import Line, deliver, line_to
from minassa.onestop.exchange_models import WorkerBeat
from minassa.onestop.outbox import destinations
from minassa.onestop.timers import cancel_moot, escalate_due, fire_next

Piece: TypeAlias = Callable[[datetime], bool]
Done = TypeVar("Done")
IDLE: Final = 0.5
BEAT: Final = 5.0
LINES: Final = 3
"""Connections to one destination, at most: more than one when much is owed to it, so that none waits for a slow one."""
SHORTEST_OUTAGE_WAIT, LONGEST_OUTAGE_WAIT = 0.1, 8.0
"""Seconds between two attempts while a system is away: what it missed leaves soon after it is back."""
SILENT_AFTER: Final = timedelta(seconds=30)
"""A worker that has not said anything for so long is taken for dead."""

log = logging.getLogger(__name__)


def worker_loops() -> dict[str, Piece]:
    """The loops that applications name, by dotted name, with that of timers first."""
    names = [name for config in apps.get_app_configs() for name in getattr(config, "worker_loops", ())]
    return {"timers": timers} | {name: import_string(name) for name in names}


def timers(at: datetime) -> bool:
    """One piece of the loop of timers: some that have become moot, some tasks that are late, the next other one due."""
    return any([cancel_moot(at), escalate_due(at), fire_next(at)])


class Worker:
    """Runs all loops until `stop` is set."""

    def __init__(self, name: str = "", loops: dict[str, Piece] | None = None) -> None:
        """Name the worker: by its machine and process unless told."""
        self.name = (name or f"{socket.gethostname()}:{os.getpid()}")[:80]
        self.stop = threading.Event()
        self.done: Counter[str] = Counter()
        self._loops = worker_loops() if loops is None else loops
        self._lines: dict[tuple[str, int], threading.Thread] = {}
        self._away: set[str] = set()

    def run(self) -> None:
        """Work until told to stop, then let each thread finish what it holds."""
        threads = [self._started(self._loop, name, piece) for name, piece in self._loops.items()]
        started = timezone.now()
        try:
            while not self.stop.is_set():
                self._beat(started)
                self._open_lines()
                self.stop.wait(min(BEAT, 1.0))
        finally:
            self.stop.set()
            for thread in [*threads, *self._lines.values()]:
                thread.join()
            self._beat(started, stopped=True)

    def drain(self) -> None:
        """Do all that is due now, in this thread, and return."""
        for name, piece in self._loops.items():
            while piece(timezone.now()):
                self.done[name] += 1
        for destination in destinations():
            line = line_to(destination)
            while line is not None:
                sent, wrong = deliver(destination, line)
                self.done[f"outbox:{destination}"] += sent
                if wrong or not sent:
                    line.close()
                    line = None

    def _started(self, target: Callable[..., None], *given: object) -> threading.Thread:
        thread = threading.Thread(target=target, args=given, name=str(given[0]), daemon=True)
        thread.start()
        return thread

    def _loop(self, name: str, piece: Piece) -> None:
        try:
            while not self.stop.is_set():
                if self._guarded(name, lambda: piece(timezone.now())):
                    self.done[name] += 1
                else:
                    self.stop.wait(IDLE)
        finally:
            connection.close()

    def _open_lines(self) -> None:
        """Threads for each destination that is owed something, so that a slow one delays no other."""
        for destination, crowded in (self._guarded("outbox", destinations) or {}).items():
            for rank in range(LINES if crowded and destination not in self._away else 1):
                thread = self._lines.get((destination, rank))
                if thread is None or not thread.is_alive():
                    self._lines[destination, rank] = self._started(self._line, destination, rank)

    def _line(self, destination: str, rank: int) -> None:
        """Send to a destination; lines after the first end when they have nothing to do, or reach nobody."""
        outage = SHORTEST_OUTAGE_WAIT
        line: Line | None = None
        try:
            while not self.stop.is_set():
                line = line or self._guarded("outbox", lambda: line_to(destination))
                if line is None:
                    self.stop.wait(LONGEST_OUTAGE_WAIT)
                    continue
                sent, wrong = self._guarded("outbox", partial(deliver, destination, line)) or (0, 1)
                self.done[f"outbox:{destination}"] += sent
                if wrong:
                    # Ask the registry again once a message did not go: the address may have changed.
                    line.close()
                    line = None
                if rank and not sent:
                    break
                away = bool(wrong and not sent)
                (self._away.add if away else self._away.discard)(destination)
                outage = min(outage * 2, LONGEST_OUTAGE_WAIT) if away else SHORTEST_OUTAGE_WAIT
                if wrong or not sent:
                    self.stop.wait(outage if wrong else IDLE)
        finally:
            if line is not None:
                line.close()
            connection.close()

    def _guarded(self, name: str, work: Callable[[], Done]) -> Done | None:
        """Whatever goes wrong in one piece of work is logged, without its data, and the loop goes on."""
        try:
            close_old_connections()
            return work()
        except Exception as error:  # noqa: BLE001 (a loop outlives what it works on)
            log.error("loop %s: %s", name, type(error).__name__)  # noqa: TRY400 (a trace could hold personal data)
            self.done[f"{name}:errors"] += 1
            self.stop.wait(IDLE)
            return None

    def _beat(self, started: datetime, *, stopped: bool = False) -> None:
        now = timezone.now()
        values = {
            "started_at": started,
            "beat_at": now,
            "stopped_at": now if stopped else None,
            "done": dict(self.done),
        }
        self._guarded("beat", lambda: WorkerBeat.objects.update_or_create(name=self.name, defaults=values))


def workers_alive(at: datetime) -> list[WorkerBeat]:
    """Workers that have said something lately and were not stopped."""
    return list(WorkerBeat.objects.filter(stopped_at__isnull=True, beat_at__gt=at - SILENT_AFTER).order_by("name"))
