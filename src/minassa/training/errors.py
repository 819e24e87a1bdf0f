"""What can be wrong with an act on training: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class TrainingError(MinassaError):
    """An act on cohorts, plans or agreements that cannot be done as asked."""

    code = "training-act-refused"
