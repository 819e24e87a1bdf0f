"""The whole story, chapter by chapter: each opening of claims and what follows it, up to now."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from minassa.claims.models import Claim
from minassa.claims.public import all_runs, open_claims, opened_elsewhere
from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.journal.public import Entry, append
from minassa.nation import Manifest
from minassa.registry.demonstration import NotADemonstration
from minassa.registry.models import Enterprise
from minassa.registry.public import system_actor
from minassa.simulators.story import (
    agreeing,
    claiming,
    firms,
    hiring,
    paying,
    sitting,
    speaking,
    steering,
    surveying,
    training,
)
from minassa.simulators.story.cast import Cast, cast
from minassa.simulators.story.rounds import Opening, openings
from minassa.vocabulary.periods import parse_month

STREAM: Final = "story"
CHAPTER: Final = "story.chapter"
WAIT: Final = 0.2
Say = Callable[[str], None]


def tell_story(manifest: Manifest, now: datetime, say: Say) -> None:
    """Register the firms of the nation that was deposited here, and play what is not played yet of its story.

    NotADemonstration on a platform in service. There must be a complete run.
    """
    if not settings.MINASSA_DEMONSTRATION:
        raise NotADemonstration("L'histoire inventée ne se joue pas sur une plateforme en service.")
    run, people = all_runs()[-1], cast()
    while not opened_elsewhere(run, now):
        time.sleep(WAIT)
    with transaction.atomic():
        say(f"Entreprises synthétiques inscrites : {firms.register_firms()}")
        kept = firms.mandate(people, manifest.late_firm, firms.former_firm(run), agreeing.agreeing_firm(run))
    for firm in kept:
        say(f"  avec un mandat pour prepare@, sign@ et signataires@ : {firm}")
    with transaction.atomic():
        steering.steered(people, run, now)
    home = Path(settings.MINASSA_HOME)
    say(f"Cohortes de formation synthétiques : {training.told(people, home, manifest, run, now)}")
    with transaction.atomic():
        say(f"Visas Talent, dossiers synthétiques : {hiring.hired_abroad(people, home, manifest, run, now)}")
    living = firms.played(kept)
    say(f"Entreprises qui vivent l'histoire : {len(living)}")
    told = set(Entry.objects.filter(stream=STREAM, kind=CHAPTER).values_list("body__opened", flat=True))
    for opening in openings(parse_month(manifest.start), run.until, now):
        if opening.at.date().isoformat() not in told:
            _chapter(people, run, opening, living, now, say)
    with transaction.atomic():
        say(f"Avances à rendre, un départ avant le dix-huitième mois : {agreeing.left(people, run, now)}")
    with transaction.atomic():
        answered = surveying.surveyed(people, run, manifest.late_firm, now)
        speaking.asked_now(people, now)
        say(f"Enquête des besoins, entreprises synthétiques qui ont répondu : {answered}")


def _chapter(people: Cast, run: Run, opening: Opening, living: frozenset[int], now: datetime, say: Say) -> None:
    with transaction.atomic():
        made: list[int] = []
        for period in opening.periods:
            made += open_claims(run, lake(), opening.at, (period.measure,), period.name, living).claims
        claims = list(Claim.objects.filter(pk__in=made).select_related("enterprise").order_by("pk"))
        paying.funded(people, opening)
        claimants = Enterprise.objects.filter(claims__in=made).distinct().order_by("pk")
        paying.accounted(people, opening, list(claimants))
        claiming.signed(people, opening, claims, now)
        claiming.drawn(people, opening, now)
        claiming.controlled(people, opening, now)
        besides = [
            *agreeing.agreed(people, opening, agreeing.agreeing_firm(run)),
            *speaking.spoken(people, opening, now),
        ]
        session = sitting.convened(people, opening, now, besides)
        if session is not None and sitting.held(people, opening, session, now):
            agreeing.advanced(people, opening, now)
            paying.paid(people, opening, now)
        opened = opening.at.date().isoformat()
        append(STREAM, CHAPTER, str(system_actor(STREAM)), {"opened": opened, "synthetic": True}, now)
    say(f"  {opened} : {len(made)} demandes ouvertes")
