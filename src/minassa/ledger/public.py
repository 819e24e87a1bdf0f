"""The door of the ledger: what claims, committees, pages and commands may call. The rest is private to the package."""

from __future__ import annotations

from minassa.ledger.balances import Gap, balance, check_ledger, trial_balance
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.deciding import refuse_batch, send_batch, validate_batch
from minassa.ledger.entitling import Grant, commit, decommit, grant, release, suspend
from minassa.ledger.envelopes import Place, carry_over, change_envelope, open_envelope
from minassa.ledger.errors import (
    EnvelopeExceeded,
    ImpossibleState,
    InvalidParameters,
    KeyConflict,
    LedgerError,
    OpenFinding,
    SameHand,
    Unbalanced,
    UnknownParameter,
    UnknownSubject,
    WrongAccount,
    WrongAmount,
)
from minassa.ledger.findings import findings, settle_finding
from minassa.ledger.granting import grant_all
from minassa.ledger.parameters import parameter, parameters
from minassa.ledger.proposing import Line, Payer, propose_batch
from minassa.ledger.reasons import reason_in_words, refusal_in_words
from minassa.ledger.receiving import receive_bank_file
from minassa.ledger.reconciling import Reconciliation, Rejected, reconciliation, totals
from minassa.ledger.recovering import Stay, amount_to_recover, plan_instalments, plan_of, recover
from minassa.ledger.statements import StatementLine, statement

__all__ = [
    "AccountCode",
    "EnvelopeExceeded",
    "Gap",
    "Grant",
    "ImpossibleState",
    "InvalidParameters",
    "KeyConflict",
    "LedgerError",
    "Line",
    "OpenFinding",
    "OperationKind",
    "Payer",
    "Place",
    "Reconciliation",
    "Rejected",
    "SameHand",
    "StatementLine",
    "Stay",
    "Unbalanced",
    "UnknownParameter",
    "UnknownSubject",
    "WrongAccount",
    "WrongAmount",
    "amount_to_recover",
    "balance",
    "carry_over",
    "change_envelope",
    "check_ledger",
    "commit",
    "decommit",
    "findings",
    "grant",
    "grant_all",
    "open_envelope",
    "parameter",
    "parameters",
    "plan_instalments",
    "plan_of",
    "propose_batch",
    "reason_in_words",
    "receive_bank_file",
    "reconciliation",
    "recover",
    "refusal_in_words",
    "refuse_batch",
    "release",
    "send_batch",
    "settle_finding",
    "statement",
    "suspend",
    "totals",
    "trial_balance",
    "validate_batch",
]
