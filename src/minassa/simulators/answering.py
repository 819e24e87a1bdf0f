"""Answers what is due, in a thread: exactly one answer for each message received, however often it must be sent."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from minassa.client import ApiProblem, Client, Unreachable, draw_secret
from minassa.simulators import credentials
from minassa.simulators.agencies import Agency, answer
from minassa.simulators.behaviour import Behaviour
from minassa.simulators.store import Awaited, Store

INBOX: Final = "/api/v1/inbox"
FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0
LONGEST_OUTAGE_WAIT: Final = 5.0
"""Seconds between two attempts while the platform is away, at most."""
IDLE: Final = 0.2
_NAMES: Final = uuid.UUID("6f0b1a52-9d0e-4a53-8d8c-2f6ff0b5a9a1")


class Answering:
    """The counter behind the window: takes what is due, examines it, sends the answer."""

    def __init__(self, agency: Agency, store: Store, home: Path, behaviour: Callable[[], Behaviour]) -> None:
        """Answer for an agency, as it behaves at each moment."""
        self.agency, self.store, self.home, self.behaviour = agency, store, home, behaviour
        self.stop = threading.Event()
        self._known: credentials.Credentials | None = None
        self._client: Client | None = None
        self._away = False

    def run(self) -> None:
        """Answer until told to stop."""
        wait = IDLE
        while not self.stop.is_set():
            taken = self.round(time.time())
            wait = min(wait * 2, LONGEST_OUTAGE_WAIT) if self._away and not taken else IDLE
            if not taken:
                self.stop.wait(wait)
        self._hang_up()

    def round(self, now: float) -> int:
        """Send every answer that is due; how many the platform has taken. The first that does not go ends the round."""
        how = self.behaviour()
        due = [] if how.down else self.store.awaited(now)
        self._away = False
        taken = 0
        for one in reversed(due) if how.reorder else due:
            taken += self._send(one, how)
            if self._away:
                break
        return taken

    def _current(self) -> Client | None:
        """The client with the secrets of now: an administrator may have changed them."""
        known = credentials.read(self.home, self.agency.code)
        if known != self._known:
            self._hang_up()
            self._known, self._client = known, known.client() if known else None
        return self._client

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.close()

    def _send(self, one: Awaited, how: Behaviour) -> bool:
        client = self._current()
        if client is None or self._known is None or self.stop.is_set():
            return False
        said = one.answer or self._examined(one)
        # A liar is found out by the signature alone: everything else is as it should be.
        client.signing_secret = draw_secret() if how.lie else self._known.signing_secret
        try:
            for _copy in range(1 + how.duplicate):
                outcome = client.send(INBOX, said).body
        except (ApiProblem, Unreachable) as error:
            return self._unsent(one, error)
        self.store.answered(one.id, outcome, time.time())
        return True

    def _unsent(self, one: Awaited, error: ApiProblem | Unreachable) -> bool:
        refused = isinstance(error, ApiProblem) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR
        if refused and error.details["status"] not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}:
            self.store.answered(one.id, {"accepted": False, "code": error.code, "detail": error.message}, time.time())
            return True
        self._away = isinstance(error, Unreachable)
        self.store.later(one.id, time.time() + min(FIRST_WAIT * 2 ** min(one.tries, 10), LONGEST_WAIT))
        return False

    def _examined(self, one: Awaited) -> dict[str, Any]:
        """The event of the answer, written down before it is sent; its number follows from that of the message."""
        asked, now = one.event["data"], datetime.now(UTC)
        number = uuid.uuid5(_NAMES, f"{self.agency.code}|{one.id}")
        firm = self.store.firm(self.agency, str(asked.get("enterprise", {}).get("ice", "")))
        attestation = f"{self.agency.code.upper()}-{now.year}-{number.hex[:10].upper()}"
        event = {
            "specversion": "1.0",
            "id": str(number),
            "source": f"https://{self.agency.code}.example",
            "type": "ma.minassa.task.answered.v1",
            "subject": str(asked.get("case", "")),
            "time": now.isoformat().replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "data": answer(self.agency, firm, asked, attestation, now.date().isoformat()),
        }
        self.store.write_answer(one.id, event)
        return event
