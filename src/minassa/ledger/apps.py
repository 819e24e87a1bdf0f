"""The ledger as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Postings, envelopes, entitlements, payment orders, answers of the bank, recoveries."""

    name = "minassa.ledger"
    label = "ledger"
    worker_loops = ("minassa.ledger.waiting.commit_next",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of money in the table of the policy."""
        import_module("minassa.ledger.policies")
        import_module("minassa.ledger.listening").on_credits(import_module("minassa.ledger.waiting").commit_waiting)
