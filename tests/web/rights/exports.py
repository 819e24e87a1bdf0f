"""What is asked of the pages of exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minassa.exports.public import quarters
from tests.web.exports_world import OFFICIAL, sheet
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]
OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "export-statement": lambda scene, _subject: {"statement": scene.objects["exports"].prepared.uuid},
    "export-table": lambda scene, _subject: {"table": scene.objects["exports"].table.uuid},
}
BARE: Final = frozenset(
    {"export-statements", "export-statement-new", "export-template", "export-tables", "export-table-template"}
)
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "export-statement-new": lambda scene, _subject: {
        "enterprise": scene.alpha.enterprise.uuid,
        "quarter": str(quarters(timezone.localdate())[2]),
        "file": SimpleUploadedFile(*sheet()),
    },
    "export-tables": lambda _scene, _subject: {
        "file": SimpleUploadedFile("AUTRE.csv", OFFICIAL.replace("2025", "2024").encode())
    },
}
