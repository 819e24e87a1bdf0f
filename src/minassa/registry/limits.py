"""How often something may be done: a bucket of tokens per key, kept in the database so that all processes share it."""

from __future__ import annotations

import hashlib
from typing import ClassVar, Final

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.vocabulary.errors import MinassaError


class TooOften(MinassaError):
    """The same was done too often lately; `details["retry_after"]` is the time to wait, in seconds."""

    code: ClassVar[str] = "too-often"


class Bucket(models.Model):
    """What is left to one key. The key is a digest: no address of a person or of a machine stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key[:8]


_TAKE: Final = """
INSERT INTO registry_bucket AS kept (key, tokens, filled_at) VALUES (%(key)s, %(capacity)s - 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET
    tokens = LEAST(%(capacity)s,
        kept.tokens + GREATEST(0, EXTRACT(EPOCH FROM clock_timestamp() - kept.filled_at)) / %(seconds)s) - 1,
    filled_at = clock_timestamp()
WHERE LEAST(%(capacity)s,
    kept.tokens + GREATEST(0, EXTRACT(EPOCH FROM clock_timestamp() - kept.filled_at)) / %(seconds)s) >= 1
RETURNING tokens
"""


def take(purpose: str, key: str, *, capacity: int, seconds: float) -> bool:
    """Whether one more is let through: `capacity` at once, then one every `seconds`.

    One statement, so that two processes never take the same token. In a transaction that is undone, so is the taking.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": _digest(purpose, key), "capacity": capacity, "seconds": seconds})
        return cursor.fetchone() is not None


def peek(purpose: str, key: str, *, capacity: int, seconds: float) -> bool:
    """Whether one more would be let through now; takes nothing."""
    kept = Bucket.objects.filter(key=_digest(purpose, key)).first()
    if kept is None:
        return True
    since = (timezone.now() - kept.filled_at).total_seconds()
    return min(capacity, kept.tokens + since / seconds) >= 1


def require_token(purpose: str, key: str, *, capacity: int, seconds: float) -> None:
    """Do nothing when one more is let through; TooOften when not."""
    if not take(purpose, key, capacity=capacity, seconds=seconds):
        raise TooOften(
            _("Trop de demandes en peu de temps : attendez un moment avant de recommencer."), retry_after=seconds
        )


def _digest(purpose: str, key: str) -> str:
    return hashlib.sha256(f"{purpose}|{key}".encode()).hexdigest()


def sweep(days: int = 2) -> int:
    """Drop the buckets untouched for so many days: they are full again. The number dropped."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_bucket WHERE filled_at < now() - make_interval(days => %s)", [days])
        return int(cursor.rowcount)
