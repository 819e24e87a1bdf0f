"""What the ledger refuses: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class LedgerError(MinassaError):
    """An operation on money that cannot be done as asked."""

    code = "ledger-refused"


class Unbalanced(LedgerError):
    """Postings of a transaction that are fewer than two or do not sum to zero: an error of the program."""

    code = "ledger-unbalanced"


class KeyConflict(LedgerError):
    """The key of an operation was used already for another one."""

    code = "ledger-key-conflict"


class WrongAmount(LedgerError):
    """An amount that is not above zero, or passes what is there to be committed, ordered, suspended or recovered."""

    code = "ledger-amount"


class UnknownSubject(LedgerError):
    """No entitlement, envelope, batch or recovery bears this reference."""

    code = "ledger-unknown"


class EnvelopeExceeded(LedgerError):
    """A commitment, or a cut of the envelope itself, that would pass the credits of its envelope."""

    code = "ledger-envelope-exceeded"


class SameHand(LedgerError):
    """Who proposed payment orders may not validate them."""

    code = "ledger-same-hand"


class ImpossibleState(LedgerError):
    """The batch is not in a state where this can be done."""

    code = "ledger-state"


class WrongAccount(LedgerError):
    """A bank account (RIB) whose shape or key is wrong; `details["line"]` is the rank of the order, from 1."""

    code = "ledger-account"


class AccountRefused(LedgerError):
    """A bank account that cannot be proposed or confirmed as asked, or on which nothing is paid now."""

    code = "ledger-account-refused"


class OpenFinding(LedgerError):
    """The bank said something about this entitlement that people must settle before anything more is ordered."""

    code = "ledger-open-finding"


class UnknownParameter(LedgerError):
    """A parameter that does not exist, or has no value on the day."""

    code = "ledger-parameter"


class InvalidParameters(LedgerError):
    """A file of parameters that departs from its schema."""

    code = "ledger-parameters-invalid"
