"""The registry as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Enterprises, bodies, persons, accounts, mandates."""

    name = "minassa.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the actions of the registry in the policy; listen to sign-ins."""
        import_module("minassa.registry.rules")
        import_module("minassa.registry.sign_ins")
