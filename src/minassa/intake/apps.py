"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Files sent by firms."""

    name = "minassa.intake"
    label = "intake"
    worker_loops = ("minassa.intake.working.work_once", "minassa.intake.working.tidy")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the actions of this package in the policy, once the tables are known."""
        import_module("minassa.intake.rights")
