"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Requests of firms, polls, events, hearings."""

    name = "minassa.consultations"
    label = "consultations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of consultations in the table of the policy."""
        import_module("minassa.consultations.policies")
