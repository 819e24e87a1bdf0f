"""What can be wrong with an act on a reform: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class ReformError(MinassaError):
    """An act on a reform that cannot be done as asked."""

    code = "reform-act-refused"


class NothingMoved(ReformError):
    """A reform that would change nothing of the offer, or nothing of the revision before."""

    code = "reform-empty"


class StaleReform(ReformError, Stale):
    """The reform has been revised since the caller read it."""

    code = "reform-stale"
