"""The door of the ledger: what claims, committees, pages and commands may call. The rest is private to the package."""

from __future__ import annotations

from minassa.ledger.accounts import (
    AccountGiven,
    Payer,
    account_of,
    accounts_of,
    accounts_to_confirm,
    confirm_account,
    payer,
    propose_account,
    refuse_account,
    set_payer,
)
from minassa.ledger.advancing import advance, advance_left, impute
from minassa.ledger.balances import Gap, balance, check_ledger, trial_balance
from minassa.ledger.bank_files import LARGEST as LARGEST_BANK_FILE
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.deciding import refuse_batch, send_batch, validate_batch
from minassa.ledger.entitling import Grant, cancel, commit, decommit, grant, hold_rights, release, suspend
from minassa.ledger.envelopes import Place, carry_over, change_envelope, hold_measures, open_envelope
from minassa.ledger.errors import (
    AccountRefused,
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
from minassa.ledger.execution import AGE_CLASSES, DIMENSIONS, AgeRow, ExecutionRow, ageing, execution
from minassa.ledger.findings import correctable, findings, settle_finding
from minassa.ledger.gathering import DueLine, DuePreview, DueRun, LeftOut, Why, due_now, propose_due, why_not
from minassa.ledger.granting import grant_all
from minassa.ledger.instalments import Standing, plan_instalments, plan_of, plans_of, standing_of
from minassa.ledger.listening import Settled, What, on_settled
from minassa.ledger.parameters import Parameter, Value, number, parameter, parameters, read_parameters
from minassa.ledger.proposing import Line, propose_batch
from minassa.ledger.reasons import reason_in_words, refusal_in_words
from minassa.ledger.receiving import receive_bank_file
from minassa.ledger.reconciling import (
    Reconciliation,
    Rejected,
    ordered_to_bank,
    reconciliation,
    told_reason,
    totals,
)
from minassa.ledger.recovering import Stay, amount_to_recover, ask_back, recover
from minassa.ledger.statements import FirmBalance, StatementLine, firm_balances, statement
from minassa.ledger.waiting import commit_or_wait, commit_waiting, waiting

__all__ = [
    "AGE_CLASSES",
    "DIMENSIONS",
    "LARGEST_BANK_FILE",
    "AccountCode",
    "AccountGiven",
    "AccountRefused",
    "AgeRow",
    "DueLine",
    "DuePreview",
    "DueRun",
    "EnvelopeExceeded",
    "ExecutionRow",
    "FirmBalance",
    "Gap",
    "Grant",
    "ImpossibleState",
    "InvalidParameters",
    "KeyConflict",
    "LedgerError",
    "LeftOut",
    "Line",
    "OpenFinding",
    "OperationKind",
    "Parameter",
    "Payer",
    "Place",
    "Reconciliation",
    "Rejected",
    "SameHand",
    "Settled",
    "Standing",
    "StatementLine",
    "Stay",
    "Unbalanced",
    "UnknownParameter",
    "UnknownSubject",
    "Value",
    "What",
    "Why",
    "WrongAccount",
    "WrongAmount",
    "account_of",
    "accounts_of",
    "accounts_to_confirm",
    "advance",
    "advance_left",
    "ageing",
    "amount_to_recover",
    "ask_back",
    "balance",
    "cancel",
    "carry_over",
    "change_envelope",
    "check_ledger",
    "commit",
    "commit_or_wait",
    "commit_waiting",
    "confirm_account",
    "correctable",
    "decommit",
    "due_now",
    "execution",
    "findings",
    "firm_balances",
    "grant",
    "grant_all",
    "hold_measures",
    "hold_rights",
    "impute",
    "number",
    "on_settled",
    "open_envelope",
    "ordered_to_bank",
    "parameter",
    "parameters",
    "payer",
    "plan_instalments",
    "plan_of",
    "plans_of",
    "propose_account",
    "propose_batch",
    "propose_due",
    "read_parameters",
    "reason_in_words",
    "receive_bank_file",
    "reconciliation",
    "recover",
    "refusal_in_words",
    "refuse_account",
    "refuse_batch",
    "release",
    "send_batch",
    "set_payer",
    "settle_finding",
    "standing_of",
    "statement",
    "suspend",
    "told_reason",
    "totals",
    "trial_balance",
    "validate_batch",
    "waiting",
    "why_not",
]
