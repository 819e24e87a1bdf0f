"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Quarterly statements of export turnover, imported official tables."""

    name = "minassa.exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of exports in the table of the policy."""
        import_module("minassa.exports.policies")
