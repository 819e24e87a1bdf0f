"""What is asked of the pages of markets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minassa.markets.demonstration import invented_sheet
from tests.web.markets_world import Marketed
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]


def marketed(scene: Scene) -> Marketed:
    """The figures, events and leads of the scene."""
    found: Marketed = scene.objects["markets"]
    return found


OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    **dict.fromkeys(
        ("markets", "market-figures", "market-template", "market-events", "market-leads"),
        lambda _scene, _subject: {},
    ),
    "market": lambda _scene, _subject: {"code": "FR"},
    "market-file": lambda scene, _subject: {"file": marketed(scene).file.uuid},
    "market-event": lambda scene, _subject: {"event": marketed(scene).event.uuid},
    "market-lead": lambda scene, subject: {
        "lead": (marketed(scene).fresh if subject == "fresh" else marketed(scene).asked).uuid
    },
}
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "market-figures": lambda _scene, _subject: {"file": SimpleUploadedFile("MARCHES.csv", invented_sheet(2023))},
    "market-events": lambda _scene, _subject: {
        "kind": "fair",
        "name": "Autre salon EXEMPLE",
        "market": "ES",
        "segment": "offshoring",
        "starts_on": f"{timezone.localdate():%Y-%m-%d}",
        "ends_on": f"{timezone.localdate():%Y-%m-%d}",
        "place": "Madrid",
        "organiser": "Organisateur EXEMPLE",
        "commission": "europe",
    },
    "market-event": lambda _scene, _subject: {
        "company": "AUTRE PISTE EXEMPLE",
        "market": "ES",
        "segment": "offshoring",
        "filiere": "2",
        "places_wanted": "12",
        "by_month": "2030-01",
        "languages": ["es"],
    },
    "market-lead": lambda _scene, _subject: {
        "act": "answer",
        "place": "101",
        "places": "10",
        "delay_days": "30",
        "price_source": "Barème EXEMPLE",
    },
}
