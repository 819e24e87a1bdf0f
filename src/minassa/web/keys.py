"""Keys of the platform, drawn once and kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minassa.hosting.keys import drawn_once


def kept(home: Path, name: str, draw: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """The key called `name`, drawn the first time; two processes that start together end with the same one."""
    return drawn_once(home / "keys" / f"{name}.key", lambda: draw().encode()).decode().strip()


def field_keys(home: Path) -> list[str]:
    """Keys of encrypted fields, the current one first: one a line, a new one is put on top."""
    return kept(home, "field", lambda: Fernet.generate_key().decode()).split()


def head_keys(home: Path) -> list[str]:
    """Private keys of the heads of the journal, in hexadecimal: the one that signs, then older ones."""
    return kept(home, "head", lambda: Ed25519PrivateKey.generate().private_bytes_raw().hex()).split()
