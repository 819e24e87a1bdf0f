"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    """Sheets of the P2I, reports of those who manage them, conformity."""

    name = "minassa.platforms"
    label = "platforms"
    worker_loops = ("minassa.platforms.reminding.remind_next",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of P2I in the table of the policy."""
        import_module("minassa.platforms.policies")
