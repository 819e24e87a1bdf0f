"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Consultations of firms: forms, samples, answers, reminders, results."""

    name = "minassa.surveys"
    label = "surveys"
    worker_loops = ("minassa.surveys.reminding.remind_next", "minassa.surveys.tabulating.tabulate_next")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of surveys in the table of the policy."""
        import_module("minassa.surveys.policies")
