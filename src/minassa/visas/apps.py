"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class VisasConfig(AppConfig):
    """The shortage list, the quota, the fast track, and what declarations say of those hired."""

    name = "minassa.visas"
    label = "visas"
    worker_loops = ("minassa.visas.meeting.meet_next",)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the rules of visas in the table of the policy, and the fast track in that of the one-stop shop."""
        import_module("minassa.visas.policies")
        import_module("minassa.visas.track")
