"""A TCP proxy that behaves badly: latency, resets, connections that stay half open, outages."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections import Counter

MODES = (*("normal",) * 4, "latency", "reset", "half-open", "outage")


class Proxy:
    """Listens on a port of this machine and forwards to another, by a mode that anyone may change."""

    def __init__(self, target: int, seed: int) -> None:
        """Start listening; `mode` is normal."""
        self.target, self.mode, self.counts = target, "normal", Counter[str]()
        self._chance = random.Random(seed)  # noqa: S311 (a draw that can be drawn again)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def change(self) -> None:
        """Draw another mode."""
        self.mode = self._chance.choice(MODES)

    def _accept(self) -> None:
        while True:
            link, _ = self._listener.accept()
            self.counts[self.mode] += 1
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        if self.mode == "outage":
            reset(link)
            return
        if self.mode == "half-open":
            time.sleep(self._chance.uniform(1, 3))
            reset(link)
            return
        try:
            other = socket.create_connection(("127.0.0.1", self.target), timeout=10)
        except OSError:
            reset(link)
            return
        for one, two in ((link, other), (other, link)):
            threading.Thread(target=self._pump, args=(one, two), daemon=True).start()

    def _pump(self, one: socket.socket, two: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                mode = self.mode
                if mode == "latency":
                    time.sleep(self._chance.uniform(0, 0.05))
                if mode in {"reset", "outage"} and self._chance.randrange(10) in range(3):
                    two.sendall(data[: len(data) // 2])
                    break
                two.sendall(data)
        reset(one)
        reset(two)


def reset(link: socket.socket) -> None:
    """Close without a word: the other end sees a reset, and a thread that waits for it here is woken up."""
    with contextlib.suppress(OSError):
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.shutdown(socket.SHUT_RDWR)
    link.close()
