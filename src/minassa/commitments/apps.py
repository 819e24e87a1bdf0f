"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Recommendations from the field, and what is told of commitments by those who answer for them."""

    name = "minassa.commitments"
    label = "commitments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of commitments in the table of the policy."""
        import_module("minassa.commitments.policies")
