"""The frame of an act: one transaction, the row it is about locked first, and all that the act leaves behind.

What is acted on has a `version` that each act raises, the instant it was last `touched_at`, and a stream of its own in
the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from minassa.journal.public import Entry, chained
from minassa.registry.actors import Actor
from minassa.registry.policy import Forbidden, require
from minassa.statements import refresh
from minassa.vocabulary.errors import Stale

Row = TypeVar("Row", bound=Model)


class RowAct(Generic[Row]):
    """What an act on a locked row has done so far. Made by `acting_on_row`, which writes it."""

    def __init__(self, row: Row, actor: Actor, at: datetime, stream: str) -> None:
        held: Any = row
        self.row = row
        self.actor = actor
        self.at = max(at, held.touched_at)
        """No act precedes the one before it, whatever the clocks of two machines say."""
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._stream = stream
        self._fields: set[str] = {"version", "touched_at"}

    def set(self, **values: Any) -> None:  # noqa: ANN401 (columns of the row)
        """Change columns that say where the row stands; what was frozen is refused by the database."""
        for name, value in values.items():
            setattr(self.row, name, value)
        self._fields |= values.keys()

    def tell(self, kind: str, **body: Any) -> None:  # noqa: ANN401 (what the journal keeps)
        """One more thing for the journal; no personal data, and never what was voted in secret."""
        self.told.append((kind, body))

    def write(self) -> None:
        """Write everything."""
        held: Any = self.row
        held.version += 1
        held.touched_at = self.at
        self.row.save(update_fields=sorted(self._fields))
        Entry.objects.bulk_create(chained(self._stream, self.told, str(self.actor), self.at))


Act = TypeVar("Act", bound=RowAct[Any])


@contextmanager
def acting_on_row(
    row: Row,
    act_on: Callable[[Row], Act],
    actor: Actor,
    name: str,
    expected: int | None,
    stale: Callable[[Row], Stale],
) -> Iterator[Act]:
    """One act on a row: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; what `stale` makes is raised when the row has changed since.
    Forbidden when the policy refuses; an empty `name` is for the platform itself.
    """
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 (Django's own door)
        if name:
            require(actor, name, locked)
        held: Any = locked
        if expected is not None and expected != held.version:
            raise stale(locked)
        act = act_on(locked)
        yield act
        act.write()
    refresh(row, locked)


def account_of(actor: Actor) -> int:
    """The account of an actor; Forbidden for a system, which signs nothing."""
    if actor.account_id is None:
        raise Forbidden(_("Seule une personne peut le faire."), actor=str(actor))
    return actor.account_id
