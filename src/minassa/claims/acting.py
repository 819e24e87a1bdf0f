"""The frame of every act on a claim: one transaction, the claim locked first, and all that the act leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.claims.claim_models import Claim
from minassa.claims.errors import ClaimError, StaleClaim
from minassa.claims.states import ClaimEvent, claim_after
from minassa.journal.public import Entry, chained
from minassa.registry.public import Actor, Forbidden, require
from minassa.statements import refresh


class Act:
    """What an act on a locked claim has done so far. Made by `acting`, which writes it."""

    def __init__(self, claim: Claim, actor: Actor, at: datetime) -> None:
        self.claim = claim
        self.actor = actor
        self.at = max(at, claim.touched_at)
        """No act precedes the one before it, whatever the clocks of two machines say."""
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._fields: set[str] = {"version", "touched_at"}

    def set(self, **values: Any) -> None:  # noqa: ANN401 (columns of a claim)
        """Change columns of the claim that say where it stands; what was frozen is refused by the database."""
        for name, value in values.items():
            setattr(self.claim, name, value)
        self._fields |= values.keys()

    def move(self, event: ClaimEvent) -> None:
        """Lead the claim to its next state; ImpossibleAct."""
        self.set(state=claim_after(self.claim.state, event))

    def tell(self, kind: str, **body: Any) -> None:  # noqa: ANN401 (what the journal keeps)
        """One more thing for the journal; no personal data."""
        self.told.append((kind, body))

    def write(self) -> None:
        """Write everything."""
        self.claim.version += 1
        self.claim.touched_at = self.at
        self.claim.save(update_fields=sorted(self._fields))
        Entry.objects.bulk_create(chained(stream_of(self.claim.pk), self.told, str(self.actor), self.at))


def stream_of(claim_id: int) -> str:
    """The stream of a claim in the journal."""
    return f"claim:{claim_id}"


@contextmanager
def acting(actor: Actor, name: str, claim: Claim, at: datetime, expected: int | None = None) -> Iterator[Act]:
    """One act on a claim: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleClaim when the claim has changed since. Forbidden when the policy
    refuses; an empty `name` is for the platform itself.
    """
    with transaction.atomic():
        locked = Claim.objects.select_for_update().get(pk=claim.pk)
        if name:
            require(actor, name, locked)
        if expected is not None and expected != locked.version:
            raise StaleClaim(
                _("Cette demande a changé depuis que vous l'avez ouverte : relisez-la, puis recommencez."),
                claim=locked.reference,
                version=locked.version,
            )
        act = Act(locked, actor, at)
        yield act
        act.write()
    refresh(claim, locked)


def account_of(actor: Actor) -> int:
    """The account of an actor; Forbidden for a system."""
    if actor.account_id is None:
        raise Forbidden(_("Seule une personne peut le faire."), actor=str(actor))
    return actor.account_id


def grounded(ground: str) -> str:
    """A ground, trimmed; ClaimError when there is none."""
    if not ground.strip():
        raise ClaimError(_("Cette décision se motive : indiquez le motif."))
    return ground.strip()
