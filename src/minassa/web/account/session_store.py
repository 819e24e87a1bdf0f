"""Sessions kept in the database as Django does; read by a statement made once, for every request begins there."""

from __future__ import annotations

from typing import Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from minassa.statements import Compiled, Given

_KEPT: Final = Compiled(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


class SessionStore(db.SessionStore):
    """The session of a request."""

    def _get_session_from_db(self) -> Session | None:
        found = _KEPT.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
