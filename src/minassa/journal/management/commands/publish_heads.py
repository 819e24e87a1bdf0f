"""Closes the days of the journal that are over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from minassa.journal.heads import publish_heads


class Command(BaseCommand):
    """`python -m minassa.web publish_heads`, once a day after midnight."""

    help = "Ferme les journées passées du journal : chaque écriture a sa place dans l'arbre public, signé du jour."

    def add_arguments(self, parser: CommandParser) -> None:
        """The last day to close."""
        parser.add_argument("--until", type=date.fromisoformat, help="dernier jour à fermer (hier par défaut)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Close, and say what was."""
        today = timezone.localdate()
        until = options["until"] or today - timedelta(days=1)
        if until >= today:
            raise CommandError("Seule une journée finie se ferme.")
        made = publish_heads(until)
        self.stdout.write(f"Journées fermées : {len(made)}" + (f" ; {made[-1].size} écritures" if made else ""))
