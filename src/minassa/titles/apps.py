"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class TitlesConfig(AppConfig):
    """Job titles that were met, and what people answered of them."""

    name = "minassa.titles"
    label = "titles"
    default_auto_field = "django.db.models.BigAutoField"
    demonstration_steps = ("minassa.titles.demonstration.ask_examples",)

    def ready(self) -> None:
        """Enter the rules of titles in the table of the policy."""
        import_module("minassa.titles.policies")
