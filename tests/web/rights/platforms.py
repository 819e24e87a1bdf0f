"""What is asked of the pages of P2I."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]
OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "platforms": lambda _scene, _subject: {},
    "platform": lambda _scene, _subject: {"slug": "casanearshore"},
    "specialisation-trial": lambda _scene, _subject: {"slug": "casanearshore"},
    "platform-report": lambda scene, _subject: {"report": scene.objects["platforms"].report.uuid},
    "platform-finding": lambda scene, _subject: {"finding": scene.objects["platforms"].finding.uuid},
    "platform-evidence": lambda scene, _subject: {"evidence": scene.objects["platforms"].evidence.uuid},
    "platform-report-pdf": lambda scene, _subject: {"report": scene.objects["platforms"].sealed.uuid},
}
VARIANTS: Final[Mapping[str, Callable[[Scene], Fields]]] = {
    "target": lambda _scene: {"act": "set-target", **_target()},
    "proposal": lambda _scene: {"act": "propose-target", **_target()},
}
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "platform": lambda _scene, _subject: {
        "kind": "building",
        "name": "Aile EXEMPLE",
        "number": "1200",
        "since": f"{timezone.localdate():%Y-%m-%d}",
    },
    "platform-finding": lambda _scene, _subject: {
        "act": "propose",
        "remedy": "Remède EXEMPLE",
        "due": f"{timezone.localdate() + timedelta(days=30):%Y-%m-%d}",
    },
    "platform-report": lambda _scene, _subject: {"act": "save", "firms_installed": "10"},
}


def _target() -> Fields:
    return {
        "field": "ai-data",
        "share": "12,5",
        "by_year": str(timezone.localdate().year + 3),
        "said": "Motif EXEMPLE",
    }
