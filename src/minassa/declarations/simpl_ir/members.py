"""Members of one list, of one file or of several: they are read and checked together, each file is told its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.findings import Severity
from minassa.declarations.simpl_ir.layout import Section
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.declarations.simpl_ir.walk import Batch, Texts

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Members:
    """The texts of some members, the byte and line where each opens in its file, the rank of that file.

    `details` and `repeated` are as in `Batch`; `remarks` holds those of every file, by its rank.
    """

    section: Section
    rows: list[tuple[str | None, ...]]
    offsets: NDArray[np.int64]
    lines: NDArray[np.int64]
    details: list[tuple[int, Texts]]
    repeated: list[tuple[int, str]]
    files: NDArray[np.int64]
    remarks: Sequence[Remarks]

    def __len__(self) -> int:
        return len(self.rows)

    def note_all(self, rule: str, severity: Severity, broken: Mask, tag: str, message: str) -> Mask:
        """Note a breach for each True of `broken`, on that element of the member; return `broken`."""
        for rank in np.flatnonzero(broken).tolist():
            self.note(rank, rule, severity, tag, message)
        return broken

    def note(self, rank: int, rule: str, severity: Severity, tag: str, message: str, *, again: int = 0) -> None:
        """Note one breach, on the element of that tag of a member: the first one, or one `again`."""
        self.remarks[self.files[rank]].add(rule, severity, Spot(int(self.offsets[rank]), tag, again), message)


def members_of(batches: Sequence[tuple[int, Batch]], remarks: Sequence[Remarks]) -> Members:
    """Batches of one list, each with the rank of its file, put together."""
    starts = np.cumsum([0, *(len(batch.rows) for _, batch in batches)]).tolist()
    each = list(zip(starts, (batch for _, batch in batches), strict=False))
    return Members(
        batches[0][1].section,
        list(chain.from_iterable(batch.rows for _, batch in batches)),
        np.array(list(chain.from_iterable(batch.offsets for _, batch in batches)), dtype=np.int64),
        np.array(list(chain.from_iterable(batch.lines for _, batch in batches)), dtype=np.int64),
        [(start + rank, texts) for start, batch in each for rank, texts in batch.details],
        [(start + rank, tag) for start, batch in each for rank, tag in batch.repeated],
        np.repeat([file for file, _ in batches], [len(batch.rows) for _, batch in batches]).astype(np.int64),
        remarks,
    )
