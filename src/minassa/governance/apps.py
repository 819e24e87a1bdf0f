"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Committees: their composition and rules, sessions, votes, minutes, derogations."""

    name = "minassa.governance"
    label = "governance"
    demonstration_steps = ("minassa.governance.demonstration.seat_holders",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of committees in the table of the policy, and what they decide in that of kinds."""
        for name in ("policies", "claim_items", "case_items", "consent_items", "motion_items"):
            import_module(f"minassa.governance.{name}")
