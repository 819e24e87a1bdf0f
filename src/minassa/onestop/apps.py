"""The package as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class OneStopConfig(AppConfig):
    """Procedures and cases."""

    name = "minassa.onestop"
    label = "onestop"
    default_auto_field = "django.db.models.BigAutoField"
