"""Depositing files group after group; stop at any moment, call again to go on.

Groups are prepared here and, when there is enough to do, by a second process; they are published here, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from minassa.declarations.collecting import collector_at_rest
from minassa.declarations.deposit.helping import Helper, Worker
from minassa.declarations.deposit.keeping import Kept, keep
from minassa.declarations.deposit.known import Known
from minassa.declarations.deposit.preparing import Group, prepare, read_group
from minassa.declarations.deposit.summary import DepositSummary
from minassa.declarations.deposit.walking import walk
from minassa.declarations.durable import settle
from minassa.declarations.files import Found, groups, seconds
from minassa.declarations.lake import DEPOSITS, Lake, Unpublished
from minassa.declarations.memory import keep_memory_at_hand

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many bytes are settled (kept for good, or nothing to keep), and out of how many."""

WORTH_HELP: Final = 3.0
"""Seconds of work from which a second process is started: starting takes it more than one."""

_STEP = "dépôt des déclarations"
_LARGE = 1 << 20
_SETTLING: Final = 4
"""Groups that wait for the disk at once."""


def deposit(
    paths: Iterable[str | Path], lake: Lake, received_at: str, progress: Progress | None = None
) -> DepositSummary:
    """Deposit files and folders into a lake, which is created when there is none.

    A group of files (about a second of work) takes effect at once or not at all. A file whose bytes are already in
    effect under the same name is left alone: a deposit that was stopped goes on when it is called again.
    `received_at` is kept as given. `progress` is called after each commit. Raises `NothingToDeposit` when a path cannot
    be read, `StorageFailed` when the disk refuses: what was published before stays, the rest is not visible.
    """
    keep_memory_at_hand()
    with ExitStack() as stack:
        stack.enter_context(collector_at_rest())
        help_asked = _HelpAsked(stack, lake, received_at)
        found = walk(paths, help_asked.met)
        size = sum(file.size for file in found)
        cut = list(groups(found))
        reader = stack.enter_context(ThreadPoolExecutor(1, "minassa-read"))
        first = reader.submit(read_group, cut[0]) if cut and help_asked.helper is None else None
        lake.prepare()
        depositing = _Depositing(stack, lake, received_at, reader, first)
        depositing.helper = help_asked.helper
        for settled in depositing.run(cut):
            if progress is not None:
                progress(_STEP, settled, size)
        return depositing.summary


class _HelpAsked:
    """Starts the other process as soon as enough work is found, for it to be ready when files have been walked."""

    def __init__(self, stack: ExitStack, lake: Lake, received_at: str) -> None:
        self.helper: Helper | None = None
        self._stack = stack
        self._opened: Callable[[], Helper] | None = partial(Helper, lake, received_at)
        self._seconds = 0.0

    def met(self, files: Sequence[Found]) -> None:
        """Count files that were found."""
        self._seconds += sum(map(seconds, files))
        if self._opened is not None and self._seconds > WORTH_HELP:
            opened, self._opened = self._opened, None
            # No memory for another process: this one does it all.
            with suppress(OSError):
                self.helper = self._stack.enter_context(opened())


class _Coming(NamedTuple):
    """A group in hand, here or in the other process."""

    group: list[Found]
    kept: Future[Kept]


class _Leaving(NamedTuple):
    """Groups being published together, in order."""

    visible: Future[None]
    summaries: list[DepositSummary]


class _Depositing:
    """One call of `deposit`."""

    def __init__(
        self, stack: ExitStack, lake: Lake, received_at: str, reader: ThreadPoolExecutor, first: Future[Group] | None
    ) -> None:
        self.summary = DepositSummary()
        self.helper: Helper | None = None
        self._lake = lake
        self._received_at = received_at
        self._of = lake.pseudonyms()
        self._known = Known.of(lake.table(DEPOSITS).collect())
        # Sealing and writing mostly leave the interpreter alone, waiting for the disk does: threads do them, the
        # latter several at once, for the disk settles many files nearly as fast as one.
        self._keeper = stack.enter_context(ThreadPoolExecutor(1, "minassa-keep"))
        self._settler = stack.enter_context(ThreadPoolExecutor(_SETTLING, "minassa-settle"))
        self._reader = reader
        self._publisher = stack.enter_context(ThreadPoolExecutor(1, "minassa-publish"))
        self._ahead = first
        self._kept_here: Future[Kept] | None = None
        self._coming: deque[_Coming] = deque()
        self._leaving: _Leaving | None = None

    def run(self, cut: Sequence[list[Found]]) -> Iterator[int]:
        """Deposit group after group; after each commit, the bytes settled so far."""
        for group, following in zip(cut, [*cut[1:], []], strict=False):
            self._coming.append(_Coming(group, self._given(group) or self._prepared_here(group, following)))
            while len(self._coming) > 1 and self._coming[0].kept.done():
                yield from self._left()
                self._publish()
        while self._coming:
            yield from self._left()
            self._publish()
        yield from self._left()

    def _given(self, group: list[Found]) -> Future[Kept] | None:
        """The group given to the other process, if there is one and it has no more than it can do."""
        if self.helper is None or not self.helper.is_free():
            return None
        try:
            kept = self.helper.take(self._known.about(group), group, self._lake.claim())
        except BrokenProcessPool:
            self.helper = None
            return None
        return self._settler.submit(_settled, kept.result)

    def _prepared_here(self, group: list[Found], following: list[Found]) -> Future[Kept]:
        """The group prepared by this process, and written by it or by its thread."""
        read = self._read(group, following)
        prepared = prepare(self._lake, self._of, self._known.about(group), read, self._lake.claim())
        keeping = partial(keep, self._lake, self._received_at, prepared)
        if self.helper is not None:
            # Both processors are taken: a thread would only fight over the interpreter. The disk alone is waited for.
            kept = keeping()
            return self._settler.submit(_settled, lambda: kept)
        if self._kept_here is not None:
            # One group waiting with its bytes is enough for the memory.
            wait([self._kept_here])
        self._kept_here = self._keeper.submit(keeping)
        return self._settler.submit(_settled, self._kept_here.result)

    def _read(self, group: list[Found], following: list[Found]) -> Group:
        """The group once read; large files of the next one are read meanwhile, small ones would ask too much of us."""
        ahead, self._ahead = self._ahead, None
        read = ahead.result() if ahead is not None else read_group(group)
        if self.helper is None and sum(file.size for file in following) > _LARGE * len(following):
            self._ahead = self._reader.submit(read_group, following)
        return read

    def _publish(self) -> None:
        """Begin to make the oldest groups in hand visible: the next ones may count on them, none is published before.

        The oldest is waited for; those that follow and are there too go with it, for a commit costs as much for two.
        """
        leaving = [self._taken()]
        while self._coming and self._coming[0].kept.done():
            leaving.append(self._taken())
        visible = self._publisher.submit(self._make_visible, leaving)
        self._leaving = _Leaving(visible, [kept.prepared.summary for kept in leaving])

    def _taken(self) -> Kept:
        """The oldest group in hand, kept; from now on what it brings is known."""
        group, future = self._coming.popleft()
        try:
            kept = future.result()
        except BrokenProcessPool:
            # A script without a main guard, or no memory for another process: this one does it.
            self.helper, kept = None, self._again(group)
        if not kept.prepared.holds(self._known):
            kept = self._again(group)
        self._known.take_effects(kept.prepared.effects)
        for identity in kept.prepared.refused:
            self._known.refuse(identity)
        for header, place in kept.preetablis:
            self._known.keep_preetabli(header, place)
        return kept

    def _make_visible(self, groups: Sequence[Kept]) -> None:
        together: Unpublished = {}
        for written in (written for kept in groups for written in kept.written):
            for table, files in written.items():
                together.setdefault(table, []).extend(files)
        self._lake.publish(together)

    def _left(self) -> Iterator[int]:
        """Wait for the group being published, if there is one, and count it; the bytes settled so far."""
        leaving, self._leaving = self._leaving, None
        if leaving is not None:
            leaving.visible.result()
            for summary in leaving.summaries:
                self.summary.add(summary)
            yield self.summary.size

    def _again(self, group: list[Found]) -> Kept:
        """The group prepared here, from all that is known now; what was written for it before is never published."""
        worker = Worker(self._lake, self._received_at)
        return _settled(lambda: worker.work(self._known.copy(), group, self._lake.claim()))


def _settled(keeping: Callable[[], Kept]) -> Kept:
    """What was kept, once it is on disk for good."""
    kept = keeping()
    settle(kept.unsettled)
    return kept
