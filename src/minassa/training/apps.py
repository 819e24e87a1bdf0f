"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Sheets of training bodies, the cohorts they tell, insertion measured after each run; plans, agreements."""

    name = "minassa.training"
    label = "training"
    worker_loops = (
        "minassa.training.measuring.measure_next",
        "minassa.training.answering.answer_next",
    )
    demonstration_steps = ("minassa.training.demonstration.give_training",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of training in the table of the policy."""
        import_module("minassa.training.policies")
