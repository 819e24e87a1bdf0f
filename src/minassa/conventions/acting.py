"""The frame of every act on a convention: one transaction, the convention locked first, and all that the act leaves.

Amendments, advances and hearings are acted on under the same lock: two of them at one instant follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minassa.conventions.convention_models import Convention
from minassa.conventions.errors import ConventionError, StaleConvention
from minassa.conventions.states import ConventionEvent, convention_after
from minassa.journal.public import Entry, chained
from minassa.registry.public import Actor, require, system_actor
from minassa.statements import refresh

PLATFORM: Final = system_actor("conventions")
"""The platform's own hand: it measures, ends what is over, imputes, and moves money that people have decided on."""


class Act:
    """What an act on a locked convention has done so far. Made by `acting`, which writes it."""

    def __init__(self, convention: Convention, actor: Actor, at: datetime) -> None:
        self.convention = convention
        self.actor = actor
        self.at = max(at, convention.touched_at)
        """No act precedes the one before it, whatever the clocks of two machines say."""
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._fields: set[str] = {"version", "touched_at"}

    def allow(self, name: str, subject: object) -> None:
        """Forbidden unless the policy lets the actor do this to what the act is about."""
        require(self.actor, name, subject)

    def set(self, **values: Any) -> None:  # noqa: ANN401 (columns of a convention)
        """Change columns of the convention that say where it stands; what is frozen is refused by the database."""
        for name, value in values.items():
            setattr(self.convention, name, value)
        self._fields |= values.keys()

    def move(self, event: ConventionEvent) -> None:
        """Lead the convention to its next state; ImpossibleAct."""
        self.set(state=convention_after(self.convention.state, event))

    def tell(self, kind: str, **body: Any) -> None:  # noqa: ANN401 (what the journal keeps)
        """One more thing for the journal; no personal data."""
        self.told.append((kind, body))

    def write(self) -> None:
        """Write everything."""
        self.convention.version += 1
        self.convention.touched_at = self.at
        self.convention.save(update_fields=sorted(self._fields))
        stream = stream_of(self.convention.pk)
        Entry.objects.bulk_create(chained(stream, self.told, str(self.actor), self.at))


def stream_of(convention_id: int) -> str:
    """The stream of a convention in the journal."""
    return f"convention:{convention_id}"


@contextmanager
def acting(actor: Actor, name: str, convention: Convention, at: datetime, expected: int | None = None) -> Iterator[Act]:
    """One act on a convention: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleConvention when the convention has changed since. Forbidden when
    the policy refuses; an empty `name` is for the platform itself.
    """
    with transaction.atomic():
        locked = Convention.objects.select_for_update().get(pk=convention.pk)
        if name:
            require(actor, name, locked)
        if expected is not None and expected != locked.version:
            raise StaleConvention(
                _("Cette convention a changé depuis que vous l'avez ouverte : relisez-la, puis recommencez."),
                convention=locked.reference,
                version=locked.version,
            )
        act = Act(locked, actor, at)
        yield act
        act.write()
    refresh(convention, locked)


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
