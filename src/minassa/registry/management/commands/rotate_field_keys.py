"""`python -m minassa.web rotate_field_keys`: encrypted fields pass under the first key of the key file."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from minassa.registry.rotation import Progress, rotate_all


class Command(BaseCommand):
    """Re-encrypts in batches; interrupted, it is started again."""

    help = "Chiffre de nouveau tous les champs protégés sous la première clé du fichier des clés (reprenable)."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Rotate, telling how far it is."""
        try:
            rotated = rotate_all(self._tell)
        except InvalidToken as missing:
            raise CommandError(
                "Une valeur est chiffrée sous une clé absente du fichier des clés : remettez l'ancienne clé après la "
                "nouvelle, puis relancez. Rien n'est perdu."
            ) from missing
        self.stdout.write(f"{rotated} valeurs rechiffrées. Les anciennes clés peuvent être retirées du fichier.")

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.column} : {progress.seen} lignes vues, {progress.rotated} rechiffrées")
