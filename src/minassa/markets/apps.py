"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MarketsConfig(AppConfig):
    """Figures of markets, events, leads and what becomes of them."""

    name = "minassa.markets"
    label = "markets"
    demonstration_steps = ("minassa.markets.demonstration.give_markets",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of markets in the table of the policy."""
        import_module("minassa.markets.policies")
