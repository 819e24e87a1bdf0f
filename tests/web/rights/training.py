"""What is asked of the pages of training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.training.sheets import a_sheet
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]
BARE: Final = (
    *("training", "training-send", "training-template", "training-agreements", "training-agreement-new"),
    "seat-plans",
)
BY_PREFIX: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "training-sheet": lambda scene, _subject: {"roll": scene.objects["roll"].pk},
    "seat-plan": lambda scene, _subject: {"plan": scene.objects["seat plan"].uuid},
}
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "training-send": lambda _scene, _subject: {"file": SimpleUploadedFile("COHORTES_exemple.csv", a_sheet("autre"))},
    "seat-plans": lambda _scene, _subject: {
        "name": "Plan EXEMPLE",
        "budget": "90",
        "years": "3",
        "stability": "30",
        "floor": "70",
    },
    "seat-plan-edit": lambda _scene, _subject: {"place": "dev-web|6|2030", "seats": "30"},
    "seat-plan-propose": lambda _scene, _subject: {"ground": "Motif EXEMPLE."},
    "training-agreement-new": lambda scene, _subject: {
        "enterprise": scene.alpha.enterprise.ice,
        "kind": "alternance",
        "cohort": scene.objects["cohort"].pk,
        "promised_hires": "5",
        "signed_on": f"{timezone.localdate():%Y-%m-%d}",
    },
}
