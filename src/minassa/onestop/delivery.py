"""Sends messages to the systems of bodies, each line to one of them in a thread, over a connection kept open."""

from __future__ import annotations

import contextlib
import http.client
import ssl
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from minassa.onestop.exchange_models import ApiClient
from minassa.onestop.outbox import BATCH, Leased, delivered, failed, released, take
from minassa.onestop.webhooks import envelope, headers
from minassa.registry.models import Body

TIMEOUT: Final = 5.0
LONGEST_SENDING: Final = timedelta(seconds=2 * TIMEOUT)
"""A message that takes longer than this (to connect, then to be answered) has failed."""
_OK, _GONE = range(200, 300), 410


class Unsent(Exception):
    """An attempt that failed. `reachable`: the system answered, and refused this message."""

    def __init__(self, sentence: str, *, reachable: bool) -> None:
        super().__init__(sentence)
        self.reachable = reachable


@dataclass(slots=True)
class Line:
    """The connection to one endpoint, made when needed and made again when it broke."""

    endpoint: str
    secret: str
    _link: http.client.HTTPConnection | None = field(default=None, repr=False)

    def send(self, message: Leased) -> None:
        """Send one message; Unsent when the system did not say that it has it."""
        number = str(message.message_id)
        subject = str(message.body.get("case", ""))
        content = envelope(number, settings.MINASSA_ADDRESS, message.kind, subject, message.body, message.created_at)
        parts = urlsplit(self.endpoint)
        target = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
        try:
            link = self._connected()
            link.request("POST", target, content, headers(self.secret, number, content, timezone.now()))
            answer = link.getresponse()
            answer.read(65_536)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unsent(type(error).__name__, reachable=False) from error
        if answer.will_close:
            self.close()
        if answer.status not in _OK:
            raise Unsent(f"HTTP {answer.status}", reachable=answer.status not in {502, 503, 504})

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._link is not None:
            with contextlib.suppress(OSError):
                self._link.close()
            self._link = None

    def _connected(self) -> http.client.HTTPConnection:
        if self._link is None:
            parts = urlsplit(self.endpoint)
            if parts.scheme == "https":
                context = ssl.create_default_context()
                self._link = http.client.HTTPSConnection(parts.netloc, timeout=TIMEOUT, context=context)
            elif parts.scheme == "http" and parts.hostname:
                self._link = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
            else:
                raise Unsent("adresse de réception absente ou d'une autre forme", reachable=False)
        return self._link


def line_to(destination: str) -> Line | None:
    """The line to a body that has an endpoint and an active client, whose secret signs; None when it has none."""
    body = Body.objects.filter(code=destination).first()
    client = ApiClient.objects.filter(body=body, is_active=True).order_by("pk").first() if body else None
    if body is None or client is None or not body.endpoint:
        return None
    return Line(body.endpoint, client.signing_secret)


def deliver(destination: str, line: Line, batch: int = BATCH) -> tuple[int, int]:
    """Send what is owed to one destination, once; how many were delivered, and how many failed.

    When the system cannot be reached the rest of the batch is given back untried: an outage costs one attempt of one
    message, not one of each. What a slow system leaves no time for is given back too: a lease never ends while its
    message is sent.
    """
    messages = take(destination, timezone.now(), batch)
    sent: list[Leased] = []
    wrong = 0
    for rank, message in enumerate(messages):
        if timezone.now() > message.leased_until - LONGEST_SENDING:
            released(messages[rank:])
            break
        try:
            line.send(message)
        except Unsent as error:
            failed(message, str(error), timezone.now(), reachable=error.reachable)
            wrong += 1
            if not error.reachable:
                released(messages[rank + 1 :])
                break
        else:
            sent.append(message)
    return delivered(sent, timezone.now()) if sent else 0, wrong
