"""Who calls, how often they may, and what the system of a body was let to do."""

from __future__ import annotations

import threading
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import SessionAuth

from minassa.registry.public import VISITOR, Actor, TooOften, actor_of, take
from minassa.web.api.problems import ApiError

BLOCK: Final = {"system": 200, "person": 50, "visitor": 20}
"""Requests that one token of the shared bucket lets through: a process asks the database once for so many."""
BLOCKS: Final = 30
"""Tokens that a caller may take at once; then one each second."""
SECONDS: Final = 1.0
_MOST_CALLERS: Final = 10_000


class Allowance:
    """What is left to each caller in this process, of the blocks taken from the bucket that all processes share."""

    def __init__(self) -> None:
        self._left: dict[str, int] = {}
        self._lock = threading.Lock()

    def spend(self, kind: str, key: str) -> None:
        """One request; TooOften when the caller has none left."""
        name = f"{kind}:{key}"
        with self._lock:
            left = self._left.get(name, 0)
            if left:
                self._left[name] = left - 1
                return
        if not take("api", name, capacity=BLOCKS, seconds=SECONDS):
            raise TooOften(_("Trop de demandes en peu de temps : attendez avant de recommencer."), retry_after=SECONDS)
        with self._lock:
            if len(self._left) >= _MOST_CALLERS:
                self._left.clear()
            self._left[name] = BLOCK[kind] - 1


allowance = Allowance()


def anyone(request: HttpRequest) -> Actor:
    """A visitor, known by the address of their machine for the sake of the limit alone."""
    allowance.spend("visitor", request.META.get("REMOTE_ADDR", ""))
    return VISITOR


class Session(SessionAuth):
    """A person signed in by the pages; what changes something bears the CSRF token, as a form does."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The person; None without a session, and only with one is the CSRF token asked for."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        found: Actor | None = super().__call__(request)
        return found

    def authenticate(self, request: HttpRequest, _key: str | None) -> Actor | None:
        """The person of the session, or None; ApiError 403 for who needs a second factor and has none."""
        actor = actor_of(request)
        if not actor.signed_in:
            return None
        if actor.needs_second_factor and not actor.second_factor:
            raise ApiError(
                HTTPStatus.FORBIDDEN, "second-factor-required", _("Activez d'abord votre second facteur de connexion.")
            )
        allowance.spend("person", str(actor.account_id))
        return actor


def actor_in(request: HttpRequest, scope: str = "") -> Actor:
    """Who calls: the system of a body, a person signed in, a visitor. ApiError 403 for a system without the scope."""
    actor: Any = request.auth  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)  # noqa: S101 (every route is behind one of the locks above)
    if scope and actor.client_body and scope not in actor.client_scopes:
        raise ApiError(HTTPStatus.FORBIDDEN, "scope-missing", _("Votre système n'a pas reçu ce droit."), scope=scope)
    return actor
