"""What firms say in the story: a request, polls, an event, a hearing, and the recommendation that a session decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from minassa.commitments.public import Draft, Origin, draft, propose
from minassa.consultations.models import FirmRequest, Hearing, Poll
from minassa.consultations.public import (
    Announced,
    Asking,
    announce,
    answer,
    approve,
    ask,
    hear,
    note_presence,
    open_poll,
    sign_up,
    vote,
)
from minassa.delays import instant_of, local_day
from minassa.governance.public import Proposed
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.simulators.story.cast import Cast
from minassa.simulators.story.rounds import Opening
from minassa.vocabulary.periods import month_of

ASKED, ANSWERED, POLLED, MET, HEARD, RECOMMENDED = 3, 5, 6, 9, 12, 15
"""Days after the first opening."""
VOTERS: Final = 24
SUBJECT: Final = "Des places pour les langues rares (exemple)"
SAID: Final = "Exemple synthétique : nous refusons des contrats faute de téléconseillers qui parlent allemand."
ANSWER: Final = "Exemple synthétique : la commission vous entend, puis une recommandation est proposée au comité."
MEETING: Final = "Rencontre des centres de contact (exemple)"
HEARING: Final = "Recrutement en langues rares (exemple)"
POINTS: Final = (
    "Exemple synthétique : il manque des candidats en allemand et en néerlandais.",
    "Exemple synthétique : former pendant l'essai coûte trop à une petite entreprise.",
)
ACTION: Final = "Réserver des places de formation aux langues rares (exemple)"
REASON: Final = "Exemple synthétique : demande d'une entreprise, sondage et audition vont dans le même sens."
GRADUATES: Final = 5_000
"""Aimed at, in the example: nobody asked for that number."""
TITLES: Final = {
    "fr": "Qu'est-ce qui freine le plus vos embauches ? (exemple)",
    "ar": "ما الذي يعيق التوظيف لديكم أكثر؟ (مثال)",
    "en": "What holds your hires back the most? (example)",
}
CHOICES: Final = (
    {"fr": "Les langues", "ar": "اللغات", "en": "Languages"},
    {"fr": "Les compétences techniques", "ar": "الكفاءات التقنية", "en": "Technical skills"},
    {"fr": "Les salaires demandés", "ar": "الأجور المطلوبة", "en": "Wages asked"},
)
SHARES: Final = (5, 8, 10)
"""Of ten firms, those that make the first choice, then the first two, then any."""
NOW: Final = {
    "fr": "Quel marché visez-vous d'abord ? (exemple)",
    "ar": "أي سوق تستهدفون أولا؟ (مثال)",
    "en": "Which market do you aim at first? (example)",
}
MARKETS: Final = (
    {"fr": "L'Europe", "ar": "أوروبا", "en": "Europe"},
    {"fr": "L'Afrique", "ar": "إفريقيا", "en": "Africa"},
    {"fr": "Le Moyen-Orient", "ar": "الشرق الأوسط", "en": "The Middle East"},
)


def spoken(people: Cast, opening: Opening, now: datetime) -> list[tuple[str, Proposed]]:
    """What firms say after the first opening, once; the recommendation as an item for the session that follows."""
    firm = Enterprise.objects.filter(pk__in=people["prepare"].enterprises()).order_by("pk").first()
    if FirmRequest.objects.exists() or firm is None or opening.day(RECOMMENDED, 2) > now:
        return []
    request = ask(people["prepare"], firm, "training", SUBJECT, SAID, opening.day(ASKED), synthetic=True)
    answer(people["secretariat"], request, ANSWER, opening.day(ANSWERED))
    poll = _polled(people, opening.day(POLLED))
    _met(people, firm, opening.day(MET))
    hearing = _heard(people, firm, opening.day(HEARD))
    return [_recommended(people, request, poll, hearing, opening.day(RECOMMENDED))]


def asked_now(people: Cast, now: datetime) -> bool:
    """A poll that is open today, for a person to try; once."""
    if not FirmRequest.objects.exists() or Poll.objects.filter(closes_on__gte=now.date()).exists():
        return False
    open_poll(people["apebi"], Asking(NOW, MARKETS, now.date(), now.date() + timedelta(days=60)), now, synthetic=True)
    return True


def _polled(people: Cast, at: datetime) -> Poll:
    """A poll to which firms of the nation answer, the same each time."""
    first = local_day(instant_of(at))
    poll = open_poll(people["apebi"], Asking(TITLES, CHOICES, first, first + timedelta(days=20)), at, synthetic=True)
    for rank, one in enumerate(Enterprise.objects.exclude(affiliation=None).order_by("pk")[:VOTERS]):
        chosen = next(place for place, share in enumerate(SHARES, start=1) if rank % SHARES[-1] < share)
        vote(people.preparer(one), poll, one, f"c{chosen}", at + timedelta(days=1))
    return poll


def _met(people: Cast, firm: Enterprise, at: datetime) -> None:
    told = Announced(
        "Rencontre des centres de contact (exemple)", "", "Rabat (synthétique)", local_day(instant_of(at)), 40
    )
    meeting = announce(people["apebi"], told, at - timedelta(days=2), synthetic=True)
    firms = [firm, *Enterprise.objects.exclude(affiliation=None).exclude(pk=firm.pk).order_by("pk")[:8]]
    for one in firms:
        sign_up(_speaker(people, one, firm), meeting, one, at - timedelta(days=1), comes=True)
    note_presence(people["apebi"], meeting, [one.pk for one in firms[:7]], at)


def _speaker(people: Cast, one: Enterprise, firm: Enterprise) -> Actor:
    return people["prepare"] if one == firm else people.preparer(one)


def _heard(people: Cast, firm: Enterprise, at: datetime) -> Hearing:
    made = hear(people["apebi"], HEARING, firm, local_day(instant_of(at)), POINTS, at, synthetic=True)
    approve(people["secretariat"], made, at + timedelta(hours=2))
    return made


def _recommended(
    people: Cast, request: FirmRequest, poll: Poll, hearing: Hearing, at: datetime
) -> tuple[str, Proposed]:
    """A recommendation that graduates of the year measure, put to the committee."""
    point = hearing.points.order_by("rank")[0]
    origins = [Origin("request", str(request.uuid)), Origin("poll", str(poll.uuid)), Origin("hearing", str(point.uuid))]
    month = month_of(local_day(instant_of(at)))
    measured = ("trained_year", "count", GRADUATES, month + 24)
    wanted = Draft(ACTION, REASON, "institution", "ofppt", "APEBI", 24, None, *measured, {})
    made = draft(people["apebi"], wanted, origins, at, synthetic=True)
    propose(people["apebi"], made, at + timedelta(hours=1))
    return "recommendation", Proposed(str(made.uuid), "adopt", {"ground": ""})
