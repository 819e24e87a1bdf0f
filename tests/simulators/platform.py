"""A platform reduced to what agencies see of it: tokens, and an inbox that keeps one outcome for each number."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from minassa.client import BadSignature, sign, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Platform(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.effects: dict[str, dict[str, Any]] = {}
        self.order: list[str] = []
        self.deliveries = 0
        self.refused = 0
        self.failing = 0
        """So many messages to come are taken, and answered by an error."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def receive(self, headers: dict[str, str], content: bytes) -> tuple[int, dict[str, Any]]:
        self.deliveries += 1
        try:
            number = verify(SECRET, headers, content, int(time.time()))
        except BadSignature:
            self.refused += 1
            return 401, {"detail": "signature"}
        event = json.loads(content)
        assert self.effects.setdefault(number, event) == event, "another content under the same number"
        self.order.append(number)
        if self.failing:
            self.failing -= 1
            return 503, {}
        return 200, {"accepted": True, "again": self.order.count(number) > 1, "outcome": {}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Platform

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/api/v1/token":
            self.reply(200, {"access_token": "t", "token_type": "Bearer", "expires_in": 900})
            return
        self.reply(*self.server.receive({name.lower(): value for name, value in self.headers.items()}, content))

    def reply(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_given: object) -> None:
        pass


def opened(number: str, ice: str = "000000000000097", kind: str = "task.opened", case: str = "c1") -> bytes:
    """A message of the platform about a task."""
    data = {"case": case, "step": "cnss", "round": 1, "enterprise": {"ice": ice, "name": "SOCIETE EXEMPLE"}}
    return json.dumps({"specversion": "1.0", "id": number, "type": f"ma.minassa.{kind}.v1", "data": data}).encode()


def signed(number: str, content: bytes, secret: str = SECRET) -> dict[str, str]:
    return sign(secret, number, int(time.time()), content)
