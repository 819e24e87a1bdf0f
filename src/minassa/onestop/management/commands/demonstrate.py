"""Fills a demonstration: invented accounts and firms, invented cases of the past year, and what other packages add."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string

from minassa.journal.public import publish_heads
from minassa.onestop.case_models import Case, CaseState
from minassa.onestop.demonstration import make_cases
from minassa.registry.demonstration import NotADemonstration, accounts


class Command(BaseCommand):
    """`python -m minassa.web demonstrate`. Applications add steps by `demonstration_steps`: dotted `(at) -> str`.

    `--accounts` makes only who may enter, in some seconds; the cases can then be made behind, while the platform runs.
    """

    help = "Remplit une démonstration de données synthétiques ; relancée, elle ne refait rien."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many cases, which password."""
        parser.add_argument("--cases", type=int, default=320, help="nombre de dossiers inventés")
        parser.add_argument("--accounts", action="store_true", help="les comptes et leurs systèmes seulement")
        parser.add_argument(
            "--password",
            help="mot de passe commun (par défaut : tiré au sort, puis gardé)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Make what is not there yet, and say how to enter."""
        now = timezone.now()
        try:
            made = accounts(options["password"] or settings.MINASSA_DEMONSTRATION_PASSWORD)
        except NotADemonstration as error:
            raise CommandError(error.message) from error
        self.stdout.write("DONNÉES SYNTHÉTIQUES : personnes, entreprises et dossiers sont inventés.")
        for account in made:
            self.stdout.write(f"{account.email:34} {account.password or '(inchangé)':18} {account.rights}")
        for config in apps.get_app_configs():
            for name in getattr(config, "demonstration_steps", ()):
                self.stdout.write(import_string(name)(now))
        if not options["accounts"]:
            self._cases(now, options["cases"])

    def _cases(self, now: datetime, wanted: int) -> None:
        number = make_cases(now, wanted)
        self.stdout.write(f"Dossiers inventés : {number or 'déjà là'}")
        states = Counter(Case.objects.values_list("state", flat=True))
        for state, total in sorted(states.items()):
            self.stdout.write(f"  {CaseState(state).label:22} {total}")
        heads = publish_heads(timezone.localdate() - timedelta(days=1))
        self.stdout.write(f"Journées du journal fermées : {len(heads)}")
