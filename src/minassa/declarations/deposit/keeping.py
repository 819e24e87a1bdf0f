"""What was prepared, kept: originals sealed, rows written where nobody sees them yet. In any process."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from minassa.declarations.checking import header_of
from minassa.declarations.deposit import frames
from minassa.declarations.deposit.known import Place
from minassa.declarations.deposit.preparing import Prepared
from minassa.declarations.durable import Unsettled
from minassa.declarations.kinds import EBDS_PREETABLI
from minassa.declarations.lake import FINDINGS, Lake, Unpublished


class Kept(NamedTuple):
    """A group to be settled, then published: what was prepared (its drafts left out), what was written and where."""

    prepared: Prepared
    written: list[Unpublished]
    preetablis: list[tuple[bytes, Place]]
    unsettled: list[Unsettled]


def keep(lake: Lake, received_at: str, prepared: Prepared) -> Kept:
    """Seal and write the drafts of a group. `StorageFailed` when the disk refuses."""
    kept = Kept(replace(prepared, drafts=[]), [], [], [])
    for draft in prepared.drafts:
        places, unsettled = frames.seal(lake.packs, draft.originals, [file.identity for file in draft.files])
        deposits = frames.deposit_rows(draft.claimed, received_at, draft.files, places, draft.brought)
        written = lake.write(draft.claimed, deposits, {**draft.rows, FINDINGS: frames.finding_rows(draft.files)})
        kept.written.append(written)
        kept.unsettled.extend([*unsettled, *lake.unsettled(written)])
        for file, original, place in zip(draft.files, draft.originals, places, strict=True):
            if original.kind == EBDS_PREETABLI and not file.report.refused:
                kept.preetablis.append((header_of(original.content), place))
    return kept
