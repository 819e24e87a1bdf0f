"""What can be wrong with an act on markets: a stable code, a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable

from minassa.declarations.findings import Finding
from minassa.vocabulary.errors import MinassaError, Stale


class MarketError(MinassaError):
    """An act on markets that cannot be done as asked."""

    code = "market-act-refused"


class ImpossibleStep(MarketError):
    """The lead does not stand where this could happen."""

    code = "market-lead-state"


class FiguresRefused(MarketError):
    """A file of figures of which nothing can be kept; `findings` says why."""

    code = "market-figures"

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class StaleLead(MarketError, Stale):
    """The lead has changed since the caller read it."""

    code = "market-lead-stale"
