"""Fields kept encrypted in the database, and the blind index that finds them again (law 09-08).

The first key of `MINASSA_FIELD_KEYS` encrypts; all decrypt, so that a key is changed by putting the new one first and
saving the rows again (`rotate`). The index key never changes: it only says whether two values are the same.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """The keys in force: the first encrypts, all decrypt."""
    return _box(tuple(settings.MINASSA_FIELD_KEYS))


def blind_index(value: str) -> str:
    """32 hexadecimal digits, the same for the same value, that say nothing of it without the index key."""
    key = str(settings.MINASSA_INDEX_KEY).encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text in clear in Python, encrypted in the database; cannot be filtered on."""

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 (Django's signature)
        """Encrypt on the way in; an empty text stays empty."""
        return box().encrypt(str(value).encode()).decode() if value else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Decrypt on the way out."""
        return box().decrypt(value.encode()).decode() if value else value
