"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    """Conventions with firms: commitments, milestones, advances, amendments."""

    name = "minassa.conventions"
    label = "conventions"
    worker_loops = ("minassa.conventions.drafting.end_next", "minassa.conventions.measuring.measure_next")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of conventions in the table of the policy."""
        import_module("minassa.conventions.policies")
