from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minassa.simulators.agencies import AGENCIES
from minassa.simulators.credentials import file_of
from minassa.simulators.server import Simulator
from tests.simulators.platform import SECRET, Platform

Open = Callable[..., Simulator]


@pytest.fixture
def platform() -> Iterator[Platform]:
    server = Platform()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens agencies that find the platform where the credentials say; closes them at the end."""
    monkeypatch.delenv("MINASSA_ADDRESS", raising=False)
    opened: list[Simulator] = []

    def make(code: str, address: str, answer_after: float | None = 0) -> Simulator:
        file = file_of(tmp_path, code)
        file.parent.mkdir(parents=True, exist_ok=True)
        told = {"address": address, "client_id": code, "secret": "s", "signing_secret": SECRET}
        file.write_text(json.dumps(told), "utf-8")
        server = Simulator(AGENCIES[code], tmp_path, 0, answer_after)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        opened.append(server)
        return server

    yield make
    for server in opened:
        server.shutdown()
        server.server_close()
