"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class OneStopConfig(AppConfig):
    """Procedures and cases."""

    name = "minassa.onestop"
    label = "onestop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of cases in the table of the policy; they read models, which are not there before."""
        import_module("minassa.onestop.policies")
