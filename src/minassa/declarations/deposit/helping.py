"""Groups prepared and kept by another process, while this one works on others.

The threads of one process would share its interpreter; reading small files is mostly the interpreter's work.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Any, Final, Self

from minassa.declarations.deposit.keeping import Kept, keep
from minassa.declarations.deposit.known import Known
from minassa.declarations.deposit.preparing import prepare, read_group
from minassa.declarations.ebds.figures import History, dated_amounts, take_amounts
from minassa.declarations.files import Found
from minassa.declarations.lake import Lake
from minassa.declarations.memory import keep_memory_at_hand

AHEAD: Final = 2
"""Groups given to the other process at once: one in hand, one waiting, so that it never waits for us."""


class Worker:
    """What prepares and keeps groups: its own view of the lake, its own memory of pseudonyms."""

    def __init__(self, lake: Lake, received_at: str) -> None:
        self._lake = lake
        self._received_at = received_at
        self._of = lake.pseudonyms()

    def work(self, known: Known, group: Sequence[Found], claimed: int) -> Kept:
        """Prepare and keep a group, under a claimed number."""
        prepared = prepare(self._lake, self._of, known, read_group(group), claimed)
        return keep(self._lake, self._received_at, prepared)


_WORKERS: list[Worker] = []
"""In the other process, its only worker."""


def _begin(opener: Callable[[], Lake], received_at: str, amounts: History) -> None:
    # The process that started this one answers the keyboard, and stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="minassa-watch", daemon=True).start()
    keep_memory_at_hand()
    take_amounts(amounts)
    # What is imported stays: only what a group makes is worth looking at, and that holds no cycles.
    gc.freeze()
    gc.disable()
    _WORKERS.append(Worker(opener(), received_at))


def _end_with_parent() -> None:
    """End as soon as the process that started this one has, however it ended: nobody is left to publish anything."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(known: Known, columns: Sequence[tuple[Any, ...]], claimed: int) -> Kept:
    return _WORKERS[0].work(known, [Found(*file) for file in zip(*columns, strict=True)], claimed)


class Helper:
    """The other process, started when it is entered or with the first group it is given."""

    def __init__(self, lake: Lake, received_at: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, context, _begin, (lake.opener, received_at, dated_amounts()))
        self._given: list[Future[Kept]] = []

    def __enter__(self) -> Self:
        """Start the process at once: it is ready by the time that it is given a group."""
        self._pool.submit(os.getpid)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the process; what it has in hand is finished first, and never published."""
        self._pool.shutdown(cancel_futures=True)

    def is_free(self) -> bool:
        """Whether it can be given one more group."""
        self._given = [future for future in self._given if not future.done()]
        return len(self._given) < AHEAD

    def take(self, known: Known, group: Sequence[Found], claimed: int) -> Future[Kept]:
        """Give it a group. `BrokenProcessPool` now or later when there is no such process."""
        # As columns: thousands of small objects take longer on their way than to be made.
        future = self._pool.submit(_work, known, list(zip(*group, strict=True)), claimed)
        self._given.append(future)
        return future
