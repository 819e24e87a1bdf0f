"""Whether a committee lets one of its members decide alone: asked of who keeps the rules of committees, above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, TypeAlias

Delegated: TypeAlias = Callable[[str, date], bool]
"""Whether the cases of a procedure are decided by a single member on a day."""


class Delegations:
    """Who is asked; while nobody is, nothing is delegated."""

    _asked: ClassVar[Delegated | None] = None

    @classmethod
    def ask(cls, delegated: Delegated) -> None:
        """Ask this from now on: told at start by the package that keeps the rules."""
        cls._asked = staticmethod(delegated)

    @classmethod
    def hold(cls, procedure: str, day: date) -> bool:
        """Whether a single member decides the cases of a procedure on a day."""
        return cls._asked is not None and cls._asked(procedure, day)
