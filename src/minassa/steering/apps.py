"""Steering as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from minassa.training.needing import Needs


class SteeringConfig(AppConfig):
    """Published figures, reports, reforms tried."""

    name = "minassa.steering"
    label = "steering"
    worker_loops = (
        "minassa.steering.indicators.vintages.keep_next",
        "minassa.steering.evaluations.making.evaluate_next",
        "minassa.steering.plans.making.make_next",
        "minassa.steering.gaps.making.keep_next_gaps",
        "minassa.steering.platforms.preparing.prepare_next",
        "minassa.steering.platforms.specialising.specialise_next",
        "minassa.steering.markets.counting.count_next",
        "minassa.steering.markets.staffing.staff_next",
    )
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the actions of this package in the policy, and its indicators in their catalogue."""
        import_module("minassa.steering.policies")
        for name in ("jobs", "value", "money", "quality", "training", "ventures"):
            import_module(f"minassa.steering.indicators.{name}")
        # Training, below, asks what the gaps leave open when a plan of seats is sought.
        Needs.ask(import_module("minassa.steering.gaps.needing").needed_now)
