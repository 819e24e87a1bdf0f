"""Depositing files: read, check, keep, commit, one group after the other; stop at any moment, call again to go on.

While a group is checked, the next one is read by a thread and the former one is encrypted, written and committed by
another: reading, hashing, encrypting and writing let Python go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from minassa.declarations.checking import FILE, Checked, Checker, header_of
from minassa.declarations.deposit import frames
from minassa.declarations.deposit.frames import Settled
from minassa.declarations.deposit.known import Identity, Known, Place
from minassa.declarations.deposit.summary import DepositSummary
from minassa.declarations.deposit.walking import walk
from minassa.declarations.files import Found, Original, groups, read
from minassa.declarations.kinds import EBDS_PREETABLI, UNKNOWN
from minassa.declarations.lake import DEPOSITS, FINDINGS, Lake


class _Read(NamedTuple):
    """A group of files once read."""

    originals: list[Original]
    identities: list[Identity]
    size: int

    def only(self, ranks: Sequence[int]) -> _Read:
        return _Read([self.originals[rank] for rank in ranks], [self.identities[rank] for rank in ranks], 0)


Progress = Callable[[str, int, int], None]
"""Told what is being done, how many bytes are settled (kept for good, or nothing to keep), and out of how many."""

_STEP = "dépôt des déclarations"


def deposit(
    paths: Iterable[str | Path], lake: Lake, received_at: str, progress: Progress | None = None
) -> DepositSummary:
    """Deposit files and folders into a lake, which is created when there is none.

    A group of files (some 128 MB, some thousand files) takes effect at once or not at all. A file whose bytes are
    already in effect under the same name is left alone: a deposit that was stopped goes on when it is called again.
    `received_at` is kept as given. `progress` is called after each group. Raises `NothingToDeposit` when a path cannot
    be read, `StorageFailed` when the disk refuses: what was committed before stays, the rest is not visible.
    """
    found = walk(paths)
    size = sum(file.size for file in found)
    lake.prepare()
    with ExitStack() as stack:
        depositing = _Depositing(stack, lake, received_at)
        for settled in depositing.run(found):
            if progress is not None:
                progress(_STEP, settled, size)
        return depositing.summary


class _Depositing:
    """One call of `deposit`."""

    def __init__(self, stack: ExitStack, lake: Lake, received_at: str) -> None:
        self.summary = DepositSummary()
        self._lake = lake
        self._received_at = received_at
        self._pseudonyms = lake.pseudonyms()
        self._known = Known(lake.table(DEPOSITS).collect())
        self._checker = stack.enter_context(Checker())
        # On the way out, what is being committed is finished before anything else stops.
        self._reader = stack.enter_context(ThreadPoolExecutor(1, "minassa-read"))
        self._keeper = stack.enter_context(ThreadPoolExecutor(1, "minassa-keep"))
        self._commit: Future[None] | None = None

    def run(self, found: Sequence[Found]) -> Iterator[int]:
        """Deposit group after group; after each commit, the bytes settled so far."""
        settled = 0
        for group in self._read_ahead(groups(found)):
            self._settle(group)
            # The group is still being committed: what is settled is what came before it.
            yield settled
            settled += group.size
        self._wait()
        yield settled

    def _read_ahead(self, all_groups: Iterator[list[Found]]) -> Iterator[_Read]:
        """Each group once read, while the next one is being read."""
        coming: Future[_Read] | None = None
        for group in all_groups:
            former, coming = coming, self._reader.submit(_read, group)
            if former is not None:
                yield former.result()
        if coming is not None:
            yield coming.result()

    def _settle(self, group: _Read) -> None:
        """Deposit what is new in a group, and what its new files would wrongly replace."""
        keys = self._keys_known(group.identities)
        fresh = [rank for rank, key in enumerate(keys) if key is None]
        self.summary.files += len(keys)
        self.summary.size += group.size
        self.summary.already += len(keys) - len(fresh)
        for rank, key in zip(fresh, self._examine(group, fresh), strict=True):
            keys[rank] = key
        last = {key: rank for rank, key in enumerate(keys) if key}
        lost = [rank for key, rank in last.items() if self._known.key_in_effect(group.identities[rank]) != key]
        self.summary.already -= len(lost)
        self._examine(group, sorted(lost))

    def _keys_known(self, identities: list[Identity]) -> list[str | None]:
        """The key of each file that need not be deposited: in effect, given twice, or corrected by one in effect."""
        keys: list[str | None] = [None] * len(identities)
        corrected: set[str] = set()
        for rank in reversed(range(len(identities))):
            identity, former = identities[rank], self._known.former_key(identities[rank])
            key = self._known.key_in_effect(identity)
            if key is not None:
                corrected.add(key)
            elif former in corrected:
                key = former
            elif rank and identity == identities[rank - 1]:
                key = ""
            keys[rank] = key
        return keys

    def _examine(self, group: _Read, ranks: Sequence[int]) -> list[str]:
        """Check and keep some files of a group; the key that each takes, "" when it takes none."""
        if not ranks:
            return []
        claimed, part = self._lake.claim(), group.only(ranks)
        sealing = self._keeper.submit(frames.seal, self._lake.packs, part.originals, part.identities)
        checked = self._checker.check(part.originals, self._preetablis(group, part))
        files = frames.settled(claimed, part.identities, checked)
        kept = [rank for rank, file in enumerate(files) if self._is_new(file, part.originals[rank])]
        keys = [self._note(file, original) for file, original in zip(files, part.originals, strict=True)]
        for rank, original in enumerate(part.originals):
            if original.kind == EBDS_PREETABLI and keys[rank]:
                self._known.keep_preetabli(header_of(original.content), partial(_place, sealing, rank))
        if kept:
            self._keep(claimed, kept, files, checked, sealing)
        return keys

    def _preetablis(self, group: _Read, part: _Read) -> list[Original]:
        """The préétablis of the declarations of a part that are not in it: elsewhere in the group, or in the lake."""
        inside = set(part.identities)
        given = [
            original
            for original, identity in zip(group.originals, group.identities, strict=True)
            if original.kind == EBDS_PREETABLI and identity not in inside
        ]
        places = self._known.missing_preetablis([*given, *part.originals])
        return given + [Original("", EBDS_PREETABLI, self._lake.packs.read(*place)) for place in places]

    def _is_new(self, file: Settled, original: Original) -> bool:
        """Whether the lake is to know of a file: it was read, and is not refused for the second time."""
        again = file.report.refused and self._known.is_refused(file.identity)
        return original.problem is None and not again

    def _note(self, file: Settled, original: Original) -> str:
        """Count a file that was checked; the key that it takes, "" when it takes none."""
        summary, name = self.summary, file.identity.name
        summary.count(file.report)
        if original.problem is not None:
            summary.unreadable_names.append(name)
            return ""
        if not file.report.refused:
            summary.deposited += 1
            self._known.take_effect(file.key, file.identity)
            return file.key
        self._known.refuse(file.identity)
        if original.kind == UNKNOWN:
            summary.unknown_names.append(name)
        else:
            summary.refused += 1
            summary.refused_names.append(name)
        return ""

    def _keep(
        self, claimed: int, kept: list[int], files: list[Settled], checked: Checked, sealing: Future[list[Place]]
    ) -> None:
        """Have some of the files checked written and committed, once those that came before them are."""
        numbers = np.array([file.number for file in files], dtype=np.int64)
        lines = {
            table: frames.line_rows(table, found, numbers, self._pseudonyms) for table, found in checked.lines.items()
        }
        brought = _brought(checked)
        self.summary.rows += sum(brought)
        self.summary.deposits.append(claimed)
        self._wait()
        self._commit = self._keeper.submit(self._store, claimed, kept, files, brought, lines, sealing)

    def _store(
        self,
        claimed: int,
        kept: list[int],
        files: list[Settled],
        brought: list[int],
        lines: dict[str, pl.DataFrame],
        sealing: Future[list[Place]],
    ) -> None:
        """Commit a group: lines, findings, then the deposits that make them visible."""
        places, stored = sealing.result(), [files[rank] for rank in kept]
        deposits = frames.deposit_rows(
            claimed, self._received_at, stored, [places[rank] for rank in kept], [brought[rank] for rank in kept]
        )
        self._lake.commit(claimed, deposits, {**lines, FINDINGS: frames.finding_rows(stored)})

    def _wait(self) -> None:
        """Wait for the commit in hand; its failure is raised here."""
        if self._commit is not None:
            commit, self._commit = self._commit, None
            commit.result()


def _read(group: list[Found]) -> _Read:
    done = _Read([], [], sum(file.size for file in group))
    for file in group:
        original = read(file)
        done.originals.append(original)
        # At once, while the bytes are near the processor.
        done.identities.append(frames.identify(original, file.size))
    return done


def _place(sealing: Future[list[Place]], rank: int) -> Place:
    return sealing.result()[rank]


def _brought(checked: Checked) -> list[int]:
    """How many rows each file checked brings to the lake."""
    count = np.zeros(len(checked.reports), dtype=np.int64)
    for lines in checked.lines.values():
        for frame in lines:
            count += np.bincount(frame[FILE].to_numpy(), minlength=len(count))
    brought: list[int] = count.tolist()
    return brought
