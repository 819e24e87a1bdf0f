"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class VenturesConfig(AppConfig):
    """The register of SMEs and start-ups: claims, verdicts, funds raised, consents."""

    name = "minassa.ventures"
    label = "ventures"
    demonstration_steps = ("minassa.ventures.demonstration.give_ventures",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of ventures in the table of the policy."""
        import_module("minassa.ventures.policies")
