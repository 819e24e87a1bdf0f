"""Bytes of documents, encrypted in the data folder: only `minassa.onestop.documents` reads them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

from minassa.registry.encryption import box


def keep(content: bytes) -> str:
    """Write encrypted bytes under a drawn name, whole or not at all; the name."""
    name = secrets.token_hex(16)
    target = _path(name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(box().encrypt(content))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return name


def read(name: str) -> bytes:
    """The bytes kept under a name, in clear; FileNotFoundError, or InvalidToken when they were tampered with."""
    return box().decrypt(_path(name).read_bytes())


def forget(name: str) -> None:
    """Remove the bytes kept under a name, if they are there."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    if not name.isalnum():
        message = "not a name of this storage"
        raise ValueError(message)
    return Path(settings.MINASSA_FILES) / "documents" / name[:2] / name
