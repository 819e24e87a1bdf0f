"""The frame of every act on a claim: one transaction, the claim locked first, and all that the act leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from minassa.claims.claim_models import Claim
from minassa.claims.errors import ClaimError, StaleClaim
from minassa.claims.states import ClaimEvent, claim_after
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor


class Act(RowAct[Claim]):
    """What an act on a locked claim has done so far. Made by `acting`, which writes it."""

    @property
    def claim(self) -> Claim:
        """The claim, held until the end of the act."""
        return self.row

    def move(self, event: ClaimEvent) -> None:
        """Lead the claim to its next state; ImpossibleAct."""
        self.set(state=claim_after(self.claim.state, event))


def stream_of(claim_id: int) -> str:
    """The stream of a claim in the journal."""
    return f"claim:{claim_id}"


@contextmanager
def acting(actor: Actor, name: str, claim: Claim, at: datetime, expected: int | None = None) -> Iterator[Act]:
    """One act on a claim: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleClaim when the claim has changed since. Forbidden when the policy
    refuses; an empty `name` is for the platform itself.
    """

    def made(locked: Claim) -> Act:
        return Act(locked, actor, at, stream_of(locked.pk))

    with acting_on_row(claim, made, actor, name, expected, _stale) as act:
        yield act


def _stale(locked: Claim) -> StaleClaim:
    return StaleClaim(
        _("Cette demande a changé depuis que vous l'avez ouverte : relisez-la, puis recommencez."),
        claim=locked.reference,
        version=locked.version,
    )


def grounded(ground: str) -> str:
    """A ground, trimmed; ClaimError when there is none."""
    if not ground.strip():
        raise ClaimError(_("Cette décision se motive : indiquez le motif."))
    return ground.strip()
