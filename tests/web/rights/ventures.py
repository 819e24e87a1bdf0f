"""What is asked of the pages of ventures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from minassa.ventures.public import COLUMNS
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]
OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "ventures": lambda _scene, _subject: {},
    "venture-new": lambda _scene, _subject: {},
    "venture-import": lambda _scene, _subject: {},
    "venture": lambda scene, _subject: {"venture": scene.objects["ventures"].own.uuid},
}
_SAID: Final = {"stage": "exporting", "product": "Produit EXEMPLE", "markets": ["FR"]}
_SHEET: Final = ";".join(COLUMNS) + "\nEXEMPLE Neuve;PME;;exporting;Produit EXEMPLE;FR;;;\n"
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "venture": lambda _scene, _subject: {"act": "claim", **_SAID},
    "venture-new": lambda scene, _subject: {
        "name": "EXEMPLE Autre",
        "kind": "startup",
        "enterprise": scene.beta.enterprise.uuid,
        **_SAID,
    },
    "venture-import": lambda _scene, _subject: {"file": SimpleUploadedFile("liste.csv", _SHEET.encode())},
}
