"""Ports of this machine: free ones found, and whether something answers there."""

from __future__ import annotations

import os
import socket
import urllib.error
import urllib.request

from minassa.hosting.errors import StepFailed

HOST = "127.0.0.1"
SERVER_ERROR = 500


def is_free(port: int) -> bool:
    """Whether a server may take that port on this machine alone."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port(wanted: int) -> int:
    """The port wanted, or the next free one."""
    return free_ports(wanted, 1)[0]


def free_ports(wanted: int, count: int) -> list[int]:
    """So many free ports, from the one wanted on; StepFailed without them."""
    found = [port for port in range(wanted, min(wanted + 400, 65_536)) if is_free(port)][:count]
    if len(found) < count:
        raise StepFailed(f"aucun port libre entre {wanted} et {wanted + 399} ; libérez-en un, ou donnez --port")
    return found


def served(port: int) -> bool:
    """Whether something answers to HTTP there, whatever it says."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < SERVER_ERROR
    except OSError:
        return False
