"""Posts that gaps leave open, asked of who keeps gaps, above."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from minassa.talent.seats.sought import Needed

Asked: TypeAlias = Callable[[], Needed | None]


class Needs:
    """Who is asked; while nobody is, or no gaps are kept, posts are assumed."""

    _asked: ClassVar[Asked | None] = None

    @classmethod
    def ask(cls, asked: Asked) -> None:
        """Ask this from now on: told at start by the package that keeps gaps."""
        cls._asked = staticmethod(asked)

    @classmethod
    def now(cls) -> Needed | None:
        """What the gaps kept last leave open; None where none is kept."""
        return None if cls._asked is None else cls._asked()
