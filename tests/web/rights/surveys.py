"""What is asked of the pages of questionnaires and themes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minassa.talent.survey.sheets import workbook
from tests.web.questionnaires_world import another
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]
OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "survey-questionnaire": lambda scene, _subject: {"questionnaire": scene.objects["questionnaire"].uuid},
    "survey-themes": lambda scene, _subject: {"survey": scene.objects["survey"].survey.uuid},
}
BARE: Final = frozenset({"survey-questionnaires"})
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "survey-questionnaires": lambda _scene, _subject: {"file": SimpleUploadedFile("q.xlsx", workbook(another()))},
    "survey-questionnaire": lambda _scene, _subject: {
        "opens_on": f"{timezone.localdate():%Y-%m-%d}",
        "closes_on": f"{timezone.localdate() + timedelta(days=20):%Y-%m-%d}",
        "size": "9",
        "seed": "graine",
    },
    "survey-themes": lambda _scene, _subject: {"fr": "Thème EXEMPLE", "ar": "موضوع"},
}
