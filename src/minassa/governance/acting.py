"""The frame of every act of a committee: one transaction, the session locked first, all that the act leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.governance.errors import GovernanceError, StaleSession
from minassa.governance.session_models import Item, Session
from minassa.governance.states import ItemEvent, SessionEvent, item_after, session_after
from minassa.journal.public import Entry, chained
from minassa.registry.public import Actor, require
from minassa.statements import refresh


class Act:
    """What an act on a locked session has done so far. Made by `acting`, which writes it."""

    def __init__(self, session: Session, actor: Actor, at: datetime) -> None:
        self.session = session
        self.actor = actor
        self.at = max(at, session.touched_at)
        """No act precedes the one before it, whatever the clocks of two machines say."""
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._fields: set[str] = {"version", "touched_at"}

    def set(self, **values: Any) -> None:  # noqa: ANN401 (columns of a session)
        """Change columns of the session; what its convocation froze is refused by the database."""
        for name, value in values.items():
            setattr(self.session, name, value)
        self._fields |= values.keys()

    def move(self, event: SessionEvent) -> None:
        """Lead the session to its next state; ImpossibleAct."""
        self.set(state=session_after(self.session.state, event))

    def move_item(self, item: Item, event: ItemEvent, **values: Any) -> None:  # noqa: ANN401 (columns of an item)
        """Lead an item to its next state and write it with other columns; ImpossibleAct."""
        target = item_after(item.state, event)
        if values or target != item.state:
            item.state = target
            for name, value in values.items():
                setattr(item, name, value)
            item.save(update_fields=["state", *values])

    def tell(self, kind: str, **body: Any) -> None:  # noqa: ANN401 (what the journal keeps)
        """One more thing for the journal; no personal data, and never what was voted in secret."""
        self.told.append((kind, body))

    def write(self) -> None:
        """Write everything."""
        self.session.version += 1
        self.session.touched_at = self.at
        self.session.save(update_fields=sorted(self._fields))
        Entry.objects.bulk_create(chained(stream_of(self.session.pk), self.told, str(self.actor), self.at))


def stream_of(session_id: int) -> str:
    """The stream of a session in the journal."""
    return f"session:{session_id}"


@contextmanager
def acting(actor: Actor, name: str, session: Session, at: datetime, expected: int | None = None) -> Iterator[Act]:
    """One act on a session: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleSession when the session has changed since. Forbidden when the
    policy refuses.
    """
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(pk=session.pk)
        require(actor, name, locked)
        if expected is not None and expected != locked.version:
            raise StaleSession(
                _("Cette séance a changé depuis que vous l'avez ouverte : relisez-la, puis recommencez."),
                session=locked.reference,
                version=locked.version,
            )
        act = Act(locked, actor, at)
        yield act
        act.write()
    refresh(session, locked)


@contextmanager
def acting_on(
    actor: Actor, name: str, item: Item, at: datetime, expected: int | None = None
) -> Iterator[tuple[Act, Item]]:
    """One act on an item: the same, with the item read again under the lock of its session."""
    session = item.session
    with acting(actor, name, session, at, expected) as act:
        fresh = Item.objects.get(pk=item.pk)
        fresh.session = act.session
        yield act, fresh
    refresh(item, fresh)


def said(text: str) -> str:
    """A reason or a statement, trimmed; GovernanceError when there is none."""
    if not text.strip():
        raise GovernanceError(_("Dites pourquoi : un texte est attendu."))
    return text.strip()
