"""What can be wrong with an act on a venture: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class VentureError(MinassaError):
    """An act on a venture that cannot be done as asked."""

    code = "venture-act-refused"


class ClaimRefused(VentureError):
    """A claim that says what cannot be, or not enough."""

    code = "venture-claim"


class SameHand(VentureError):
    """Who claimed may not be who checks."""

    code = "venture-same-hand"


class SheetUnreadable(VentureError):
    """A file that is no table of ventures, or that was read before."""

    code = "venture-sheet"


class StaleRow(VentureError, Stale):
    """The venture has changed since the caller read it."""

    code = "venture-stale"
