"""What can be wrong with an act on a commission: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class CommissionError(MinassaError):
    """An act on a commission that cannot be done as asked."""

    code = "commission-act-refused"


class ImpossibleStep(CommissionError):
    """The session or the action does not stand where this could happen."""

    code = "commission-state"


class SameHand(CommissionError):
    """Who wrote the minutes may not be who approves them."""

    code = "commission-same-hand"


class StaleRow(CommissionError, Stale):
    """What was acted on has changed since the caller read it."""

    code = "commission-stale"
