"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    """Mandates, members, sessions and work plans of the commissions of the federation."""

    name = "minassa.commissions"
    label = "commissions"
    demonstration_steps = ("minassa.commissions.demonstration.give_commissions",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of commissions in the table of the policy."""
        import_module("minassa.commissions.policies")
