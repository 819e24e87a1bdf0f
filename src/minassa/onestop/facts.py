"""What an enterprise has said once: the latest of each fact holds."""

from __future__ import annotations

from typing import Any, Final

from minassa.onestop.file_models import Fact
from minassa.statements import Compiled, Given

_LATEST: Final = Compiled(
    lambda: (
        Fact.objects.filter(enterprise_id=Given("enterprise"))
        .order_by("key", "-at", "-pk")
        .distinct("key")
        .values_list("key", "value")
    )
)


def latest_facts(enterprise_id: int) -> dict[str, Any]:
    """The latest value of every fact of an enterprise, by key."""
    return dict(_LATEST.values(enterprise=enterprise_id))
