"""The package as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages and API."""

    name = "minassa.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
    worker_loops = ("minassa.web.cockpit.letters.send_next",)
    demonstration_steps = ("minassa.web.demonstration.give_clients",)
