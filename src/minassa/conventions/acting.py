"""The frame of every act on a convention: one transaction, the convention locked first, and all that the act leaves.

Amendments, advances and hearings are acted on under the same lock: two of them at one instant follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from minassa.conventions.convention_models import Convention
from minassa.conventions.errors import ConventionError, StaleConvention
from minassa.conventions.states import ConventionEvent, convention_after
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor, require, system_actor

PLATFORM: Final = system_actor("conventions")
"""The platform's own hand: it measures, ends what is over, imputes, and moves money that people have decided on."""


class Act(RowAct[Convention]):
    """What an act on a locked convention has done so far. Made by `acting`, which writes it."""

    @property
    def convention(self) -> Convention:
        """The convention, held until the end of the act."""
        return self.row

    def allow(self, name: str, subject: object) -> None:
        """Forbidden unless the policy lets the actor do this to what the act is about."""
        require(self.actor, name, subject)

    def move(self, event: ConventionEvent) -> None:
        """Lead the convention to its next state; ImpossibleAct."""
        self.set(state=convention_after(self.convention.state, event))


def stream_of(convention_id: int) -> str:
    """The stream of a convention in the journal."""
    return f"convention:{convention_id}"


@contextmanager
def acting(actor: Actor, name: str, convention: Convention, at: datetime, expected: int | None = None) -> Iterator[Act]:
    """One act on a convention: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleConvention when the convention has changed since. Forbidden when
    the policy refuses; an empty `name` is for the platform itself.
    """

    def made(locked: Convention) -> Act:
        return Act(locked, actor, at, stream_of(locked.pk))

    with acting_on_row(convention, made, actor, name, expected, _stale) as act:
        yield act


def _stale(locked: Convention) -> StaleConvention:
    return StaleConvention(
        _("Cette convention a changé depuis que vous l'avez ouverte : relisez-la, puis recommencez."),
        convention=locked.reference,
        version=locked.version,
    )


def grounded(ground: str, longest: int = 300) -> str:
    """A ground, trimmed; ConventionError when there is none or it is too long to be kept whole."""
    said = ground.strip()
    if not said:
        raise ConventionError(_("Cette décision se motive : indiquez le motif."))
    if len(said) > longest:
        raise ConventionError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": longest})
    return said


def next_number(table: str) -> int:
    """The number that the next row of a table will bear, taken now so that its reference can hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])
