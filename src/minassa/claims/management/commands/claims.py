"""Claims for operators: opened, listed, looked at again, replayed; the file of a draw of controls."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError
from django.utils import timezone

from minassa import __version__
from minassa.claims import nightly
from minassa.claims.claim_models import Claim
from minassa.claims.drawing import published
from minassa.claims.incidents import INCIDENTS
from minassa.claims.preparing import open_claims
from minassa.claims.rechecking import recheck
from minassa.claims.round_models import Draw
from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.money import format_dirhams

ACTS = ("open", "list", "recheck", "replay", "draw")


class Command(BaseCommand):
    """`python -m minassa.web claims open`."""

    help = (
        "Ouvre les demandes des périodes complètes, les liste, les revoit, les rejoue ; donne le fichier d'un tirage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and on which draw."""
        parser.add_argument("act", choices=ACTS, help="ce qu'il faut faire")
        parser.add_argument("name", nargs="?", default="", help="nom du tirage (draw), demande ou décision (replay)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Do it; CommandError in one sentence."""
        try:
            getattr(self, f"_{options['act']}")(options["name"])
        except MinassaError as error:
            raise CommandError(error.message) from error
        except ProgrammingError as error:
            raise CommandError("Les tables ne sont pas à jour : arrêtez la plateforme, puis relancez ./run.") from error

    def _open(self, _name: str) -> None:
        self._json(open_claims(self._latest(), lake(), timezone.now()).as_json())

    def _list(self, _name: str) -> None:
        for claim in Claim.objects.select_related("enterprise").order_by("reference").iterator():
            money = format_dirhams(claim.total_cents)
            self.stdout.write(
                f"{claim.reference}  {claim.state:<10}  {claim.line_count:>6}  {money}  {claim.enterprise}"
            )

    def _recheck(self, _name: str) -> None:
        for one in recheck(self._latest(), lake(), timezone.now()):
            gap = format_dirhams(one.difference_cents)
            self.stdout.write(f"{one.claim}  {one.changed}/{one.lines}  {gap}  score {one.score}")

    def _replay(self, name: str) -> None:
        if name:
            self._replay_one(name)
            return
        report = nightly.replay_now(timezone.now())
        self._json(report)
        if report["incidents"]:
            raise CommandError("Des demandes ne se rejouent pas à l'identique : voyez les incidents.")

    def _replay_one(self, reference: str) -> None:
        outcomes = nightly.replay_one(reference)
        for one in outcomes:
            decided = "" if one.decided_cents is None else f"  {format_dirhams(one.decided_cents)}"
            told = INCIDENTS.get(one.kind, "à l'identique")
            lines = f"{one.compared} lignes, {one.differences.height} différences"
            self.stdout.write(f"{one.claim}  {lines}{decided}  code {one.made_with or '?'} → {__version__}  {told}")
        if not all(one.identical for one in outcomes):
            raise CommandError("Cette décision ne se rejoue pas à l'identique.")

    def _draw(self, name: str) -> None:
        draw = Draw.objects.filter(name=name).first()
        if draw is None:
            raise CommandError("Aucun tirage ne porte ce nom.")
        self._json(published(draw))

    def _latest(self) -> Run:
        runs = nightly.all_runs()
        if not runs:
            raise CommandError("Aucun calcul n'a encore été fait ; lancez : minassa run")
        return runs[-1]

    def _json(self, document: object) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
