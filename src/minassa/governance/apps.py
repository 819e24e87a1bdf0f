"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from minassa.onestop.delegating import Delegations

MODULES = (
    *("policies", "claim_items", "case_items", "consent_items", "derogation_items", "motion_items"),
    *("convention_items", "restitution_items", "reform_items", "shortage_items", "recommendation_items"),
    "seat_plan_items",
    "platform_items",
)


class GovernanceConfig(AppConfig):
    """Committees: their composition and rules, sessions, votes, minutes, derogations."""

    name = "minassa.governance"
    label = "governance"
    worker_loops = ("minassa.governance.derogating.expire_next",)
    demonstration_steps = ("minassa.governance.demonstration.seat_holders",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of committees in the table of the policy, and what they decide in that of kinds."""
        for name in MODULES:
            import_module(f"minassa.governance.{name}")
        # The one-stop shop, below, asks what the rules of committees let a single member decide.
        Delegations.ask(import_module("minassa.governance.rules").delegated)
