"""One group of files, from the disk to rows ready to be written: read, told from what is known, checked, counted.

Nothing here is shared between groups but what is told of the lake: any process can prepare a group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

import numpy as np
import polars as pl

from minassa.declarations.checking import Checked, check_together, header_of
from minassa.declarations.collecting import collector_at_rest
from minassa.declarations.deposit import frames
from minassa.declarations.deposit.frames import Settled
from minassa.declarations.deposit.known import Identity, Known, Place
from minassa.declarations.deposit.summary import DepositSummary
from minassa.declarations.files import Found, Original, read
from minassa.declarations.kinds import EBDS_PREETABLI, EBDS_PRINCIPAL, UNKNOWN
from minassa.declarations.lake import Lake
from minassa.declarations.pseudonyms import Pseudonyms
from minassa.declarations.schemas import FILE


class Draft(NamedTuple):
    """What is to be kept under one claimed number: files, the bytes of each, the rows each brings, rows by table."""

    claimed: int
    files: list[Settled]
    originals: list[Original]
    brought: list[int]
    rows: dict[str, pl.DataFrame]


@dataclass(slots=True)
class Prepared:
    """What came out of a group, and what it rests on: if that has changed since, the group is to be prepared again.

    `effects` are the keys taken, in order; `relied` the files left alone because they are in effect; `asked` the
    préétablis that declarations of the group asked for elsewhere, and `compared` where those that exist were found.
    """

    summary: DepositSummary = field(default_factory=DepositSummary)
    effects: list[tuple[str, Identity]] = field(default_factory=list)
    refused: list[Identity] = field(default_factory=list)
    relied: list[tuple[str, Identity]] = field(default_factory=list)
    asked: set[bytes] = field(default_factory=set)
    compared: dict[bytes, Place] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    def __reduce__(self) -> tuple[Callable[..., Prepared], tuple[object, ...]]:
        """How it goes to another process: effects as plain tuples, for thousands of small objects take longer."""
        others = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "effects"}
        return _arrived, ([(key, *identity) for key, identity in self.effects], others)

    def holds(self, known: Known) -> bool:
        """Whether what it rests on is still so."""
        relied = all(known.key_in_effect(identity) == key for key, identity in self.relied)
        return relied and known.preetablis(self.asked) == self.compared


def _arrived(effects: Sequence[tuple[str, str, str, int]], others: Mapping[str, object]) -> Prepared:
    """What another process has prepared."""
    prepared = Prepared(effects=[(key, Identity(name, digest, length)) for key, name, digest, length in effects])
    for name, value in others.items():
        setattr(prepared, name, value)
    return prepared


class Group(NamedTuple):
    """Files once read: what was read of each, the identity of each, bytes on disk."""

    originals: list[Original]
    identities: list[Identity]
    size: int


def read_group(files: Sequence[Found]) -> Group:
    """Read and hash the files of a group."""
    originals, identities = [], []
    with collector_at_rest():
        for file in files:
            original = read(file)
            originals.append(original)
            # Hashed at once, while the bytes are near the processor.
            identities.append(frames.identify(original, file.size))
    return Group(originals, identities, sum(file.size for file in files))


def prepare(lake: Lake, of: Pseudonyms, known: Known, group: Group, claimed: int) -> Prepared:
    """Check a group once read; `known` is what the lake holds of these names, and learns what the group brings."""
    with collector_at_rest():
        return _Preparation(lake, of, known, group).run(claimed)


class _Preparation:
    """The state of one call."""

    def __init__(self, lake: Lake, of: Pseudonyms, known: Known, group: Group) -> None:
        self._lake = lake
        self._of = of
        self._known = known
        self._originals, self._identities, size = group
        self._prepared = Prepared(DepositSummary(files=len(group.originals), size=size))

    def run(self, claimed: int) -> Prepared:
        """Prepare what is new, and what the new would wrongly replace."""
        keys = self._keys_known()
        fresh = [rank for rank, key in enumerate(keys) if key is None]
        self._examine(claimed, fresh, keys)
        last = {key: rank for rank, key in enumerate(keys) if key}
        lost = [rank for key, rank in last.items() if self._known.key_in_effect(self._identities[rank]) != key]
        if lost:
            self._examine(self._lake.claim(), sorted(lost), keys)
        self._prepared.summary.already = len(keys) - len(fresh) - len(lost)
        return self._prepared

    def _keys_known(self) -> list[str | None]:
        """The key of each file that need not be deposited: in effect, given twice, or corrected by one in effect."""
        keys: list[str | None] = [None] * len(self._identities)
        corrected: set[str] = set()
        for rank in reversed(range(len(keys))):
            identity, former = self._identities[rank], self._known.former_key(self._identities[rank])
            key = self._known.key_in_effect(identity)
            if key is not None:
                corrected.add(key)
                self._prepared.relied.append((key, identity))
            elif former in corrected:
                key = former
            elif rank and identity == self._identities[rank - 1]:
                key = ""
            keys[rank] = key
        return keys

    def _examine(self, claimed: int, ranks: Sequence[int], keys: list[str | None]) -> None:
        """Check some files of the group, and note the key that each takes, "" when it takes none."""
        if not ranks:
            return
        originals = [self._originals[rank] for rank in ranks]
        checked = check_together(originals, self._preetablis(originals))
        files = frames.settled(claimed, [self._identities[rank] for rank in ranks], checked)
        kept = [at for at, file in enumerate(files) if self._is_new(file, originals[at])]
        for rank, key in zip(ranks, self._note(files, originals), strict=True):
            keys[rank] = key
        if kept:
            self._prepared.drafts.append(self._draft(claimed, kept, files, originals, checked))

    def _preetablis(self, originals: list[Original]) -> list[Original]:
        """The préétablis of declarations that are not among them: elsewhere in the group, or in the lake."""
        inside = {id(original) for original in originals}
        given = [each for each in self._originals if each.kind == EBDS_PREETABLI]
        asked = {header_of(each.content) for each in originals if each.kind == EBDS_PRINCIPAL}
        asked -= {header_of(each.content) for each in given}
        elsewhere = self._known.preetablis(asked)
        self._prepared.asked |= asked
        self._prepared.compared.update(elsewhere)
        given.extend(Original("", EBDS_PREETABLI, self._lake.packs.read(*place)) for place in elsewhere.values())
        return [each for each in given if id(each) not in inside]

    def _is_new(self, file: Settled, original: Original) -> bool:
        """Whether the lake is to know of a file: it was read, and is not refused for the second time."""
        again = file.report.refused and self._known.is_refused(file.identity)
        return original.problem is None and not again

    def _note(self, files: Sequence[Settled], originals: Sequence[Original]) -> list[str]:
        """Count files that were checked; the key that each takes, "" when it takes none."""
        summary, prepared = self._prepared.summary, self._prepared
        summary.count([file.report for file in files])
        # A file that could not be read is refused too.
        effects = [(file.key, file.identity) for file in files if not file.report.refused]
        summary.deposited += len(effects)
        self._known.take_effects(effects)
        prepared.effects.extend(effects)
        if len(effects) < len(files):
            for file, original in zip(files, originals, strict=True):
                if file.report.refused:
                    self._note_refused(file.identity, original)
        return ["" if file.report.refused else file.key for file in files]

    def _note_refused(self, identity: Identity, original: Original) -> None:
        """Count a file of which nothing takes effect."""
        summary = self._prepared.summary
        if original.problem is not None:
            summary.unreadable_names.append(identity.name)
            return
        self._known.refuse(identity)
        self._prepared.refused.append(identity)
        if original.kind == UNKNOWN:
            summary.unknown_names.append(identity.name)
        else:
            summary.refused += 1
            summary.refused_names.append(identity.name)

    def _draft(
        self, claimed: int, kept: list[int], files: list[Settled], originals: list[Original], checked: Checked
    ) -> Draft:
        numbers = np.array([file.number for file in files], dtype=np.int64)
        rows = {table: frames.line_rows(table, found, numbers, self._of) for table, found in checked.lines.items()}
        brought = _brought(checked)
        self._prepared.summary.rows += sum(brought)
        self._prepared.summary.deposits.append(claimed)
        return Draft(
            claimed, [files[at] for at in kept], [originals[at] for at in kept], [brought[at] for at in kept], rows
        )


def _brought(checked: Checked) -> list[int]:
    """How many rows each file checked brings to the lake."""
    count = np.zeros(len(checked.reports), dtype=np.int64)
    for lines in checked.lines.values():
        for frame in lines:
            count += np.bincount(frame[FILE].to_numpy(), minlength=len(count))
    brought: list[int] = count.tolist()
    return brought
