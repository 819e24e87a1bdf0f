"""What can be wrong with an act on a P2I: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class PlatformError(MinassaError):
    """An act on a P2I that cannot be done as asked."""

    code = "platform-act-refused"


class ImpossibleStep(PlatformError):
    """The report or the finding does not stand where this could happen."""

    code = "platform-state"


class SheetRefused(PlatformError):
    """A line of a sheet that cannot be as it is given."""

    code = "platform-sheet"


class TargetRefused(PlatformError):
    """A target of specialisation that cannot be as it is given."""

    code = "platform-target"


class ReportRefused(PlatformError):
    """A report that says what cannot be, or not enough."""

    code = "platform-report"


class EvidenceRefused(PlatformError):
    """A file that is not one of the accepted kinds, or too heavy."""

    code = "platform-evidence"


class SameHand(PlatformError):
    """Who did the work may not be who confirms it."""

    code = "platform-same-hand"


class TamperedReport(PlatformError):
    """A sealed report that no longer has the digest that was sealed."""

    code = "platform-report-tampered"


class StaleRow(PlatformError, Stale):
    """What was acted on has changed since the caller read it."""

    code = "platform-stale"
