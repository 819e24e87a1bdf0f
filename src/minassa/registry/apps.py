"""The registry as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Enterprises, bodies, persons, accounts, mandates."""

    name = "minassa.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
