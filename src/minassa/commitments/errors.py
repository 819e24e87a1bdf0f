"""What can be wrong with an act on a recommendation or a commitment: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class CommitmentError(MinassaError):
    """An act that cannot be done as asked."""

    code = "commitment-act-refused"


class StaleRecommendation(CommitmentError, Stale):
    """The recommendation has been changed since the caller read it."""

    code = "recommendation-stale"
