"""The frame of every act of a committee: one transaction, the session locked first, all that the act leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minassa.governance.errors import GovernanceError, StaleSession
from minassa.governance.session_models import Item, Session
from minassa.governance.states import ItemEvent, SessionEvent, item_after, session_after
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor
from minassa.statements import refresh


class Act(RowAct[Session]):
    """What an act on a locked session has done so far. Made by `acting`, which writes it."""

    @property
    def session(self) -> Session:
        """The session, held until the end of the act."""
        return self.row

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


def stream_of(session_id: int) -> str:
    """The stream of a session in the journal."""
    return f"session:{session_id}"


@contextmanager
def acting(actor: Actor, name: str, session: Session, at: datetime, expected: int | None = None) -> Iterator[Act]:
    """One act on a session: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleSession when the session has changed since. Forbidden when the
    policy refuses.
    """

    def made(locked: Session) -> Act:
        return Act(locked, actor, at, stream_of(locked.pk))

    with acting_on_row(session, made, actor, name, expected, _stale) as act:
        yield act


def _stale(locked: Session) -> StaleSession:
    return StaleSession(
        _("Cette séance a changé depuis que vous l'avez ouverte : relisez-la, puis recommencez."),
        session=locked.reference,
        version=locked.version,
    )


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
