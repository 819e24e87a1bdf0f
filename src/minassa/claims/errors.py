"""What can be wrong with an act on a claim: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class ClaimError(MinassaError):
    """An act on a claim that cannot be done as asked."""

    code = "claim-act-refused"


class ImpossibleAct(ClaimError):
    """The claim is not in a state where this can be done."""

    code = "claim-state"


class StaleClaim(ClaimError, Stale):
    """The claim has changed since the caller read it."""

    code = "claim-stale"


class TooLate(ClaimError):
    """The delay for this act is past."""

    code = "claim-too-late"


class NotChecked(ClaimError):
    """The claim is signed only once someone of the firm has said that it was checked."""

    code = "claim-not-checked"


class SameHand(ClaimError):
    """Who checked does not sign; who controlled or proposed does not decide."""

    code = "claim-same-hand"


class NotHeard(ClaimError):
    """Nothing is cut or refused before the firm was heard, or let its delay pass."""

    code = "claim-not-heard"


class UnknownDecision(ClaimError):
    """No claim and no decision of a committee has this reference."""

    code = "claim-decision-unknown"


class UnknownLine(ClaimError):
    """The claim has no such line."""

    code = "claim-line-unknown"


class AlreadyContested(ClaimError):
    """The line is contested already and waits for its answer."""

    code = "claim-line-contested"


class NotPayable(ClaimError):
    """More than what is accepted, free of contests and not yet paid."""

    code = "claim-not-payable"


class WrongCode(ClaimError):
    """No claim is shown: one answer for an unknown number, a wrong code and a code too old."""

    code = "worker-code-wrong"


class DrawRefused(ClaimError):
    """A draw that would not be one: seed known too early, drawn already, nobody to draw from."""

    code = "draw-refused"


class TamperedClaim(ClaimError):
    """The stored content of a claim no longer has the digest that was frozen."""

    code = "claim-tampered"


class InvalidClaimData(ClaimError):
    """A dated file of this package departs from its schema."""

    code = "claim-data-invalid"
