"""The lake of declarations of this platform: the one of `minassa deposit`, under the same key, in the same folder."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from minassa.declarations.lake import Lake
from minassa.hosting.keys import drawn_once
from minassa.intake.errors import NoLakeKey

_KEY_BYTES: Final = 32
_LOCK: Final = 0x4D4E_4C41
"""Number of the PostgreSQL lock that one writer of the lake holds."""


def lake() -> Lake:
    """The lake, made when there is none. `NoLakeKey`, `WrongKey`, `StorageFailed`."""
    home = Path(settings.MINASSA_HOME)
    found = Lake(home / "lake", _key(home))
    found.prepare()
    return found


def _key(home: Path) -> bytes:
    """The secret of the lake, the same that the command draws; `NoLakeKey` when it is missing beside a lake."""
    file = home / "key"
    if not file.exists() and (home / "lake").exists():
        raise NoLakeKey
    return drawn_once(file, lambda: secrets.token_bytes(_KEY_BYTES))


@contextmanager
def only_writer() -> Iterator[None]:
    """Be the only process of the platform that writes into the lake; PostgreSQL lets go when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
