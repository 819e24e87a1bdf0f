"""A session ends by itself: left untouched for an hour, or opened for half a day, or when the account is closed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

OPENED: Final = "minassa_opened_at"
SEEN: Final = "minassa_seen_at"
_STEP: Final = 60
"""Seconds between two writes of the last sight: a page must not write its session each time."""


class SessionLimits:
    """Middleware: ends the session of a person when it is too old, by `MINASSA_SESSION_IDLE` and `_LONGEST`."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, or send the person to sign in again."""
        if request.user.is_authenticated and not _still_good(request):
            logout(request)
            messages.warning(request, _("Votre session est terminée : connectez-vous de nouveau."))
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        return self._answer(request)


def _still_good(request: HttpRequest) -> bool:
    now = time.time()
    opened = request.session.setdefault(OPENED, now)
    seen = request.session.get(SEEN, now)
    if now - seen > settings.MINASSA_SESSION_IDLE or now - opened > settings.MINASSA_SESSION_LONGEST:
        return False
    if SEEN not in request.session or now - seen > _STEP:
        request.session[SEEN] = now
    return True
