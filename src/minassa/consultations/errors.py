"""What can be wrong with an act of a consultation: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class ConsultationError(MinassaError):
    """An act that cannot be done as asked."""

    code = "consultation-act-refused"


class SameHand(ConsultationError):
    """Who wrote minutes does not approve them."""

    code = "consultation-same-hand"


class StaleConsultation(ConsultationError, Stale):
    """The row has been changed since the caller read it."""

    code = "consultation-stale"
