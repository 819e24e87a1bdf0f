"""Says what moving every open case of a procedure to another version would change, and changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from minassa.onestop.errors import UnknownProcedure
from minassa.onestop.rebasing import rehearse_all


class Command(BaseCommand):
    """`python -m minassa.web rehearse_rebase membership 2`."""

    help = "Répète le passage de tous les dossiers ouverts d'une démarche à une autre version, sans rien changer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which procedure, which version."""
        parser.add_argument("code")
        parser.add_argument("version", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Rehearse, and say what would change."""
        clean = unclean = 0
        try:
            for changes in rehearse_all(options["code"], options["version"]):
                clean, unclean = clean + changes.clean, unclean + (not changes.clean)
                if not changes.clean:
                    lost = (*changes.answers_lost, *changes.answers_invalid)
                    self.stdout.write(
                        f"{changes.case} : réponses perdues {list(lost)}, à demander {list(changes.newly_required)},"
                        f" tâches {[f'+{s}' for s in changes.tasks_added] + [f'-{s}' for s in changes.tasks_removed]}"
                    )
        except UnknownProcedure as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Sans changement à demander : {clean} ; à confirmer : {unclean}")
