"""Calls to the API: a token renewed when it ends, retries under one idempotency key, problems as exceptions."""

from __future__ import annotations

import http.client
import json
import random
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from minassa.client.signatures import sign
from minassa.vocabulary.errors import MinassaError

TRY_AGAIN: Final = frozenset({425, 429, 500, 502, 503, 504})
"""Answers after which the same request, under the same key, may be sent again."""
RENEW_SECONDS: Final = 30
LONGEST_WAIT: Final = 60.0


class ApiProblem(MinassaError):
    """The platform refused: `status`, and the problem document (RFC 9457) that says what to do."""

    code = "api-problem"

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or status), status=status)
        self.status, self.problem = status, problem


class Unreachable(MinassaError):
    """The platform did not answer, after several tries: its effect is unknown, the same key may be used again."""

    code = "api-unreachable"


@dataclass(slots=True)
class Answer:
    """What came back: status, headers in lower case, and the JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(slots=True)
class Client:
    """Speaks to one platform for one client. Not shared between threads: each makes its own.

    `address` like `https://minassa.example`; `timeout` in seconds; `tries` of each request.
    """

    address: str
    client_id: str
    secret: str
    signing_secret: str = ""
    timeout: float = 10
    tries: int = 5
    _token: str = ""
    _token_ends: float = 0
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str, **query: object) -> Answer:
        """Read; None among the arguments is left out."""
        asked = urlencode({name: value for name, value in query.items() if value is not None})
        return self._call("GET", f"{path}?{asked}" if asked else path, None, {})

    def pages(self, path: str, **query: object) -> Iterator[Any]:
        """Every item of a list, page after page, by its cursor."""
        cursor: str | None = None
        while True:
            page = self.get(path, **{**query, "cursor": cursor}).body
            yield from page["items"]
            cursor = page.get("next")
            if not cursor:
                return

    def post(self, path: str, body: object, *, key: str = "", match: str = "") -> Answer:
        """Write once: retries bear the same Idempotency-Key; `match` is the ETag of what was read."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4()), **({"If-Match": match} if match else {})}
        return self._call("POST", path, json.dumps(body).encode(), headers)

    def send(self, path: str, event: Mapping[str, Any]) -> Answer:
        """Send a signed message (CloudEvents); its `id` is its number: sent twice, it has one effect."""
        content = json.dumps(event, ensure_ascii=False).encode()
        signed = sign(self.signing_secret, str(event["id"]), int(time.time()), content)
        return self._call("POST", path, content, {**signed, "Content-Type": "application/cloudevents+json"})

    def _call(self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]) -> Answer:
        wait = 0.0
        for attempt in range(self.tries):
            time.sleep(wait)
            wait = random.uniform(0.5, 1) * min(0.4 * 2**attempt, 5)  # noqa: S311 (spreads retries)
            try:
                answer = self._once(method, path, content, {"Authorization": f"Bearer {self._bearer()}", **headers})
            except (OSError, http.client.HTTPException):
                self.close()
                continue
            if answer.status == http.HTTPStatus.UNAUTHORIZED and attempt == 0:
                self._token_ends, wait = 0, 0.0
            elif answer.status not in TRY_AGAIN:
                return _accepted(answer)
            else:
                wait = max(wait, _asked_wait(answer))
        raise Unreachable(f"Aucune réponse utile de {self.address} après {self.tries} essais.", path=path)

    def _bearer(self) -> str:
        if time.time() > self._token_ends - RENEW_SECONDS:
            asked = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.secret}
            answer = _accepted(self._once("POST", "/api/v1/token", json.dumps(asked).encode(), {}))
            self._token, self._token_ends = answer.body["access_token"], time.time() + answer.body["expires_in"]
        return self._token

    def _once(self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]) -> Answer:
        connection = self._connection or self._connect()
        sent = {"Accept": "application/json", **({"Content-Type": "application/json"} if content else {}), **headers}
        connection.request(method, path, body=content, headers=sent)
        response = connection.getresponse()
        if response.length is None and not response.chunked:
            # Python takes headers cut in the middle for all of them: without a length nothing tells that all has come.
            raise http.client.IncompleteRead(b"")
        text = response.read()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, _json(text))

    def _connect(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        return self._connection

    def close(self) -> None:
        """Close the connection, if there is one; the next call opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _json(text: bytes) -> Any:  # noqa: ANN401 (whatever the platform says)
    try:
        return json.loads(text) if text else None
    except ValueError:
        return {"detail": text[:200].decode("utf-8", "replace")}


def _asked_wait(answer: Answer) -> float:
    """Seconds that the platform asks us to wait, a minute at most."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0.0


def _accepted(answer: Answer) -> Answer:
    if answer.status >= http.HTTPStatus.BAD_REQUEST:
        raise ApiProblem(answer.status, answer.body if isinstance(answer.body, dict) else {})
    return answer
