"""The package as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The reference of skills as people keep it."""

    name = "minassa.skills"
    label = "skills"
    default_auto_field = "django.db.models.BigAutoField"
    demonstration_steps = ("minassa.skills.demonstration.propose_examples",)

    def ready(self) -> None:
        """Enter the rules of the reference in the table of the policy."""
        import_module("minassa.skills.policies")
