"""The one family of errors that Minassa raises on purpose."""

from __future__ import annotations

from typing import ClassVar


class MinassaError(Exception):
    """An error meant for a caller: a stable code, a sentence in French, and details without personal data.

    A subclass sets `code`. Bad data in a deposited file is not an error of this family: it is a counted finding.
    """

    code: ClassVar[str] = "minassa"

    def __init__(self, message: str, **details: object) -> None:
        """Keep the sentence shown to people and the details a program may need."""
        super().__init__(message)
        self.message = message
        self.details = details


class Stale(MinassaError):
    """What the caller read has changed since: it is to be read again, and the act asked again."""
