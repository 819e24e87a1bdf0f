"""How an agency misbehaves, told while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

LONGEST: Final = 3600.0
MOST_COPIES: Final = 100


class BadOrder(ValueError):
    """An order that no agency understands."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What is wrong with an agency; as made, nothing is.

    `slow`: seconds by which its answers come later. `late`: it takes a message, and acknowledges it so many seconds
    after, when the platform has given up waiting. `down`: it refuses everything and sends nothing. `duplicate`: copies
    of each answer sent besides it. `reorder`: what is due is sent last first. `lie`: its answers bear a wrong
    signature.
    """

    slow: float = 0
    late: float = 0
    down: bool = False
    duplicate: int = 0
    reorder: bool = False
    lie: bool = False

    def told(self, order: Mapping[str, Any]) -> Behaviour:
        """The behaviour after an order that names some of its fields; BadOrder for another name or a wrong value."""
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in order.items():
            if name not in kinds:
                raise BadOrder(f"« {name} » n'est pas un comportement : {', '.join(kinds)}.")
            if not _fits(name, value):
                raise BadOrder(f"« {name} » ne prend pas cette valeur.")
        return replace(self, **order)


def _fits(name: str, value: object) -> bool:
    if name in {"down", "reorder", "lie"}:
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) and 0 <= value <= MOST_COPIES if name == "duplicate" else 0 <= value <= LONGEST
