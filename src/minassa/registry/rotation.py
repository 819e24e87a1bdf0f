"""Encrypted fields pass under the first key: row after row, in batches, and again from where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, TextField, Value
from django.db.models.functions import Cast

from minassa.registry.encryption import EncryptedText, box

BATCH: Final = 500
_SECRETS: Final = ("secret", "seed")
"""Encrypted entries of the second factors that django-allauth keeps in a JSON column."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the rotation of one column stands: rows seen, rows written under the first key."""

    column: str
    seen: int
    rotated: int


def rotate_all(tell: Callable[[Progress], None]) -> int:
    """Put every encrypted value under the first key; `tell` is called after each batch. The number rewritten.

    A value already under the first key is left alone, so that an interrupted rotation is simply started again. A row
    that changes meanwhile is left to its new value, which was written under the first key. InvalidToken when a value
    was written under a key that is no longer given: nothing is lost, put that key back.
    """
    first = Fernet(settings.MINASSA_FIELD_KEYS[0])
    columns = [_rotate_column(model, name, first, tell) for model, name in encrypted_columns()]
    return sum(columns) + _rotate_second_factors(first, tell)


def encrypted_columns() -> Iterator[tuple[type[Model], str]]:
    """Every encrypted column of the platform."""
    for model in apps.get_models():
        for each in model._meta.concrete_fields:  # noqa: SLF001 (Django's documented way to the fields)
            if isinstance(each, EncryptedText):
                yield model, each.name


def _rotate_column(model: type[Model], name: str, first: Fernet, tell: Callable[[Progress], None]) -> int:
    rows = model._default_manager.annotate(kept=Cast(name, TextField())).exclude(kept="")  # noqa: SLF001
    last, seen, rotated = 0, 0, 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "kept")[:BATCH]):
        with transaction.atomic():
            for key, text in batch:
                if text and not _under(first, text):
                    change: Any = {name: Value(box().rotate(text.encode()).decode(), output_field=TextField())}
                    rotated += rows.filter(pk=key, kept=text).update(**change)
        last, seen = batch[-1][0], seen + len(batch)
        tell(Progress(f"{model._meta.label_lower}.{name}", seen, rotated))  # noqa: SLF001
    return rotated


def _rotate_second_factors(first: Fernet, tell: Callable[[Progress], None]) -> int:
    model = apps.get_model("mfa", "Authenticator")
    last, seen, rotated = 0, 0, 0
    while keys := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            for row in model.objects.select_for_update().filter(pk__in=keys):
                stale = [name for name in _SECRETS if name in row.data and not _under(first, row.data[name])]
                for name in stale:
                    row.data[name] = box().rotate(row.data[name].encode()).decode()
                if stale:
                    row.save(update_fields=["data"])
                    rotated += 1
        last, seen = keys[-1], seen + len(keys)
        tell(Progress("mfa.authenticator.data", seen, rotated))
    return rotated


def _under(key: Fernet, text: str) -> bool:
    try:
        key.decrypt(text.encode())
    except InvalidToken:
        return False
    return True
