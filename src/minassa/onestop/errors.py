"""What can be wrong with an act on a case: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class CaseError(MinassaError):
    """An act on a case, a task or a document that cannot be done as asked."""

    code = "case-act-refused"


class ImpossibleAct(CaseError):
    """The case or the task is not in a state where this can be done."""

    code = "case-state"


class StaleCase(CaseError, Stale):
    """The case has changed since the caller read it."""

    code = "case-stale"


class InvalidAnswers(CaseError):
    """Answers that do not fit the fields of the procedure; `details["problems"]` maps each field to a sentence."""

    code = "case-answers-invalid"


class IncompleteCase(CaseError):
    """Required fields or documents are missing; `details["problems"]` maps each to a sentence."""

    code = "case-incomplete"


class Unsigned(CaseError):
    """The present content of the case was not signed by someone with the power to sign."""

    code = "case-unsigned"


class SameHand(CaseError):
    """Who proposed an answer may neither validate it nor decide the case."""

    code = "task-same-hand"


class ComplementAlreadyAsked(CaseError):
    """The single request for complements of the case was already made (law 55-19)."""

    code = "complement-already-asked"


class UnknownProcedure(CaseError):
    """No published procedure has this code on this day, or it is not open to requests yet."""

    code = "procedure-unknown"


class InvalidProcedure(CaseError):
    """A file of a procedure departs from its schema, or was changed after its publication."""

    code = "procedure-invalid"


class UncleanRebase(CaseError):
    """A case would lose answers or lack required ones under the other version of its procedure."""

    code = "rebase-unclean"


class RefusedDocument(CaseError):
    """A document that is too large, of a kind that is not accepted, or that belongs to someone else."""

    code = "document-refused"


class MessageConflict(CaseError):
    """A message number that was already received with another content."""

    code = "message-conflict"


class SignatureRefused(CaseError):
    """A message whose signature does not match its content, or too old to be believed."""

    code = "message-signature-refused"


class StaleAnswer(CaseError, Stale):
    """An answer to a round of a task that is over."""

    code = "answer-stale"
