"""The journal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Append-only entries, daily heads."""

    name = "minassa.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
