"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ReformsConfig(AppConfig):
    """Reforms kept by people, and the versions of the offer that committees make of them."""

    name = "minassa.reforms"
    label = "reforms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of reforms in the table of the policy."""
        import_module("minassa.reforms.policies")
