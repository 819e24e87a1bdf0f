"""The client over a line that breaks: an answer of which a part came is no answer, and the request is sent again."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.client import Client, Unreachable

BODY = json.dumps({"accepted": True, "again": False, "outcome": {}}).encode()
WHOLE = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(BODY), BODY)


@contextmanager
def platform(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives these answers, one a connection, then hangs up; its address and what it was sent."""
    sent: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                for answer in answers:
                    link, _peer = server.accept()
                    with link:
                        sent.append(link.recv(65_536))
                        link.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", sent
    thread.join(10)


def client(address: str, monkeypatch: pytest.MonkeyPatch, tries: int = 5) -> Client:
    monkeypatch.setattr("minassa.client.calls.time.sleep", lambda _seconds: None)
    return Client(address, "essai", "secret", tries=tries, _token="jeton", _token_ends=9e12)


@given(cut=st.integers(0, len(WHOLE) - 1))
def test_an_answer_cut_anywhere_is_asked_again(cut: int) -> None:
    with pytest.MonkeyPatch.context() as patch, platform(WHOLE[:cut], WHOLE) as (address, sent):
        one = client(address, patch)
        assert one.post("/api/v1/inbox", {"a": 1}, key="cle").body == json.loads(BODY)
        one.close()
    assert len(sent) == 2
    assert all(b"Idempotency-Key: cle" in each for each in sent)


def test_a_line_that_always_cuts_is_told_as_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = WHOLE[: WHOLE.index(b"content-length")]
    with platform(cut, cut) as (address, _sent), pytest.raises(Unreachable):
        client(address, monkeypatch, tries=2).get("/api/v1/cases")


def test_an_answer_without_content_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with platform(b"HTTP/1.1 204 No Content\r\n\r\n") as (address, _sent):
        one = client(address, monkeypatch)
        assert one.get("/api/v1/cases").body is None
        one.close()
