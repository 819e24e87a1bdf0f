"""What can be wrong with an act on a convention: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class ConventionError(MinassaError):
    """An act on a convention that cannot be done as asked."""

    code = "convention-act-refused"


class ImpossibleAct(ConventionError):
    """The convention, the amendment or the advance is not in a state where this can be done."""

    code = "convention-state"


class StaleConvention(ConventionError, Stale):
    """The convention has changed since the caller read it."""

    code = "convention-stale"


class TermsRefused(ConventionError):
    """Terms that contradict themselves: dates out of order, a target below its baseline, shares too high."""

    code = "convention-terms"


class SameHand(ConventionError):
    """Who drafted or proposed does not sign for the State, validate or decide."""

    code = "convention-same-hand"


class NotSigned(ConventionError):
    """The firm has not signed the convention, or has not agreed to the amendment, as it stands."""

    code = "convention-not-signed"


class StaleAmendment(ConventionError):
    """What the amendment says it replaces is no longer what holds."""

    code = "amendment-stale"


class NothingToChange(ConventionError):
    """An amendment that would change nothing."""

    code = "amendment-empty"


class UnknownCommitment(ConventionError):
    """The convention has no such commitment or milestone."""

    code = "commitment-unknown"


class NotHeard(ConventionError):
    """Nothing is asked back before the firm has replied, or let its delay pass."""

    code = "recovery-not-heard"


class PaymentUnderWay(ConventionError):
    """The advance is being paid: what becomes of it is known once the bank has answered."""

    code = "advance-under-way"


class Tampered(ConventionError):
    """What is stored no longer has the digest that was frozen."""

    code = "convention-tampered"
