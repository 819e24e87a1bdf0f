"""The package as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Files sent by firms."""

    name = "minassa.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
