"""Reads the whole journal again and fails when something in it was changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minassa.journal.models import Entry
from minassa.journal.verifying import verify


class Command(BaseCommand):
    """`python -m minassa.web verify_journal`."""

    help = "Relit tout le journal : chaînes, arbre, têtes signées ; échoue si une seule ligne a changé."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Verify, and say every problem."""
        problems = verify()
        for problem in problems:
            self.stdout.write(f"{problem.code}  {problem.sentence}")
        if problems:
            raise CommandError(f"{len(problems)} anomalie(s) dans le journal.")
        self.stdout.write(f"Journal intact : {Entry.objects.count()} écritures.")
