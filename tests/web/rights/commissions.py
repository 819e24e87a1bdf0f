"""What is asked of the pages of commissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.web.commissions_world import CODE
from tests.web.rights.scene import Scene

Fields = Mapping[str, Any]
OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "commissions": lambda _scene, _subject: {},
    "commission": lambda _scene, _subject: {"code": CODE},
    "commission-sitting": lambda scene, _subject: {"sitting": scene.objects["commission"].planned.uuid},
}
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "commission": lambda scene, _subject: {
        "act": "move",
        "action": scene.objects["commission"].action.uuid,
        "state": "doing",
    },
    "commission-sitting": lambda _scene, _subject: {"act": "put", "title": "Point EXEMPLE"},
}
