"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims."""

    name = "minassa.claims"
    label = "claims"
    worker_loops = (
        "minassa.claims.nightly.timers",
        "minassa.claims.computing.runs",
        "minassa.claims.nightly.rounds",
    )
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the actions of this package in the policy, and listen to the ledger, once the tables are known."""
        import_module("minassa.claims.policies")
        import_module("minassa.ledger.public").on_settled(import_module("minassa.claims.settling").hear)
