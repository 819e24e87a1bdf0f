"""What is asked of the pages of consultations, of recommendations and of the chain between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from tests.web.consultations_world import Consulted
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]


def consulted(scene: Scene) -> Consulted:
    """What firms of the scene said."""
    found: Consulted = scene.objects["consultations"]
    return found


OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "firm-request": lambda scene, _subject: {"firm_request": consulted(scene).request.uuid},
    "poll": lambda scene, _subject: {"poll": consulted(scene).poll.uuid},
    "meeting": lambda scene, _subject: {"meeting": consulted(scene).meeting.uuid},
    "audition": lambda scene, subject: {
        "hearing": (consulted(scene).approved if subject == "approved" else consulted(scene).heard).uuid
    },
    "recommendation": lambda scene, _subject: {"recommendation": consulted(scene).recommendation.uuid},
    "recommendation-propose": lambda scene, _subject: {"recommendation": consulted(scene).recommendation.uuid},
}
BARE: Final = frozenset(
    {
        *("consultations", "firm-request-new", "poll-new", "meeting-new", "audition-new"),
        *("chain", "chain-mine", "public-recommendations", "recommendations", "recommendation-draft"),
    }
)


def _day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "firm-request-new": lambda scene, _subject: {
        "enterprise": scene.alpha.enterprise.uuid,
        "topic": "jobs",
        "subject": "Autre demande EXEMPLE",
        "said": "Texte EXEMPLE",
    },
    "firm-request": lambda _scene, _subject: {"answer": "Réponse EXEMPLE"},
    "poll-new": lambda _scene, _subject: {
        "fr": "Autre question EXEMPLE ?",
        "ar": "سؤال آخر؟",
        "opens_on": _day(0),
        "closes_on": _day(3),
        "choices": "Un | واحد\nDeux | اثنان | Two",
    },
    "poll": lambda scene, _subject: {"enterprise": scene.alpha.enterprise.uuid, "choice": "c1"},
    "meeting-new": lambda _scene, _subject: {"title": "Autre EXEMPLE", "on": _day(3), "place": "Fès", "capacity": "5"},
    "meeting": lambda scene, _subject: {"enterprise": scene.alpha.enterprise.uuid},
    "audition-new": lambda scene, _subject: {
        "title": "Audition EXEMPLE",
        "on": _day(0),
        "ice": scene.alpha.enterprise.ice,
        "points": "Un\n\nDeux",
    },
    "recommendation-draft": lambda scene, _subject: {
        "origin": f"request:{consulted(scene).request.uuid}",
        "action": "Autre action EXEMPLE",
        "level": "policy",
        "lead": "apebi",
        "due": f"{timezone.localdate() + timedelta(days=400):%Y-%m}",
    },
}
