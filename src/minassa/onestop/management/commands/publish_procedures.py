"""Publishes the versions of procedures that the package ships and the database does not have yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from minassa.onestop.errors import InvalidProcedure
from minassa.onestop.publishing import publish_procedures


class Command(BaseCommand):
    """`python -m minassa.web publish_procedures`."""

    help = "Publie les versions de démarches livrées avec Minassa qui ne le sont pas encore ; sans effet sinon."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Publish, and say what was."""
        try:
            published = publish_procedures(timezone.now())
        except InvalidProcedure as error:
            raise CommandError(error.message) from error
        for version in published:
            self.stdout.write(f"Publiée : {version}")
        if not published:
            self.stdout.write("Toutes les démarches sont déjà publiées.")
