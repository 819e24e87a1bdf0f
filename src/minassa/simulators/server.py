"""The window of an agency: takes signed messages, shows its state, hears how it must misbehave (this machine alone)."""

from __future__ import annotations

import ipaddress
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from minassa.client import BadSignature, verify
from minassa.simulators import credentials
from minassa.simulators.agencies import EXAMINED, Agency, Firm, delay
from minassa.simulators.answering import Answering
from minassa.simulators.behaviour import BadOrder, Behaviour
from minassa.simulators.store import Store

MOST_BYTES: Final = 256 * 1024
Reply = tuple[HTTPStatus, dict[str, Any]]


class Simulator(ThreadingHTTPServer):
    """One agency on one port of this machine. `answer_after`: seconds of examination, drawn for each when None."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, agency: Agency, home: Path, port: int, answer_after: float | None = None) -> None:
        """Open the window; `serve_forever` then serves, and the answers start with it."""
        super().__init__(("127.0.0.1", port), Window)
        self.agency, self.home, self.answer_after = agency, home, answer_after
        self.behaviour = Behaviour()
        self.store = Store(home / "simulators" / f"{agency.code}.db")
        self.answering = Answering(agency, self.store, home, lambda: self.behaviour)
        self._thread = threading.Thread(target=self.answering.run, name="answering", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def server_close(self) -> None:
        """Stop answering, then close."""
        super().server_close()
        self.answering.stop.set()
        self._thread.join(timeout=15)
        self.store.close()

    def receive(self, headers: Mapping[str, str], content: bytes) -> Reply:
        """Take a signed message, once: a copy is acknowledged and has no effect."""
        how, known = self.behaviour, credentials.read(self.home, self.agency.code)
        if how.down or known is None:
            return HTTPStatus.SERVICE_UNAVAILABLE, {"detail": "hors service"}
        try:
            verify(known.signing_secret, headers, content, int(time.time()))
            event = json.loads(content)
            kind = str(event["type"]).removeprefix("ma.minassa.").removesuffix(".v1")
            asks = kind in EXAMINED and bool(event["data"]["case"] and event["data"]["step"] and event["data"]["round"])
            number = str(event["id"])
        except BadSignature as error:
            return HTTPStatus.UNAUTHORIZED, {"detail": error.message}
        except (ValueError, KeyError, TypeError):
            return HTTPStatus.BAD_REQUEST, {"detail": "pas un événement CloudEvents de la plateforme"}
        now = time.time()
        wait = delay(self.agency, number) if self.answer_after is None else self.answer_after
        new = self.store.receive(event, kind, now, now + wait + how.slow if asks else None)
        time.sleep(how.late)
        return HTTPStatus.OK, {"received": True, "again": not new}

    def control(self, _headers: Mapping[str, str], content: bytes) -> Reply:
        """Change how the agency behaves; the behaviour that follows."""
        try:
            self.behaviour = self.behaviour.told(dict(json.loads(content)))
        except (BadOrder, ValueError, TypeError) as error:
            return HTTPStatus.BAD_REQUEST, {"detail": str(error)}
        return HTTPStatus.OK, asdict(self.behaviour)

    def change_firm(self, _headers: Mapping[str, str], content: bytes) -> Reply:
        """Change a firm of the register: `{"ice": …, "debt": centimes, "in_order": …}`."""
        try:
            told = json.loads(content)
            firm = Firm(str(told["ice"]), int(told.get("debt", 0)), in_order=bool(told.get("in_order", True)))
        except (ValueError, KeyError, TypeError, AttributeError):
            return HTTPStatus.BAD_REQUEST, {"detail": "ice, debt et in_order sont attendus"}
        self.store.set_firm(firm)
        return HTTPStatus.OK, asdict(firm)

    def state(self) -> dict[str, Any]:
        """Who it is, how it behaves, what it received and answered."""
        return {"agency": self.agency.code, "behaviour": asdict(self.behaviour), **self.store.counts()}


class Window(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = 75
    server: Simulator

    def do_GET(self) -> None:
        """`/state`, `/attestation?ice=…`."""
        parts = urlsplit(self.path)
        if parts.path == "/state":
            self._reply(HTTPStatus.OK, self.server.state())
        elif parts.path == "/attestation":
            ice = parse_qs(parts.query).get("ice", [""])[0]
            firm = self.server.store.firm(self.server.agency, ice)
            self._reply(HTTPStatus.OK, {"synthetic": True, **asdict(firm), "regular": firm.regular})
        else:
            self._reply(HTTPStatus.NOT_FOUND, {})

    def do_POST(self) -> None:
        """`/events` from the platform; `/control` and `/firms` from this machine."""
        size = int(self.headers.get("Content-Length") or 0)
        if not 0 < size <= MOST_BYTES:
            self.close_connection = True
            self._reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {})
            return
        content = self.rfile.read(size)
        do = self._door(urlsplit(self.path).path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._reply(*(do(headers, content) if do else (HTTPStatus.NOT_FOUND, {})))

    def _door(self, path: str) -> Callable[[Mapping[str, str], bytes], Reply] | None:
        if path == "/events":
            return self.server.receive
        if not ipaddress.ip_address(self.client_address[0]).is_loopback:
            return None
        return {"/control": self.server.control, "/firms": self.server.change_firm}.get(path)

    def _reply(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_given: object) -> None:
        """Nothing: what was received is in the store."""
