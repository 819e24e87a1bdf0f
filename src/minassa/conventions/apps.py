"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from minassa.ledger.listening import on_settled


class ConventionsConfig(AppConfig):
    """Conventions with firms: commitments, milestones, advances, amendments."""

    name = "minassa.conventions"
    label = "conventions"
    worker_loops = (
        "minassa.conventions.drafting.end_next",
        "minassa.conventions.measuring.measure_next",
        "minassa.conventions.imputing.impute_next",
    )
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of conventions in the table of the policy, and hear what the bank did to advances."""
        import_module("minassa.conventions.policies")
        on_settled(import_module("minassa.conventions.imputing").settled)
