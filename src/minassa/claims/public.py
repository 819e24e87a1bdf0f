"""The door of claims: what pages, the ledger and commands may call. The rest is private to the package."""

from __future__ import annotations

from minassa.claims.accounting import ClaimMoney, money_of
from minassa.claims.calendar import MEASURES, ClaimPeriod, coming_periods, complete_periods, period_named
from minassa.claims.claim_models import ClaimState
from minassa.claims.clearing import clear
from minassa.claims.contesting import answer, contest
from minassa.claims.deciding import accept, conclude, cut, pass_on, propose, refuse, reply, resume, suspend
from minassa.claims.drawing import commit_draw, draw_controls, published
from minassa.claims.errors import (
    AlreadyContested,
    ClaimError,
    DrawRefused,
    ImpossibleAct,
    InvalidClaimData,
    NotChecked,
    NotHeard,
    NotPayable,
    SameHand,
    StaleClaim,
    TamperedClaim,
    TooLate,
    UnknownDecision,
    UnknownLine,
    WrongCode,
)
from minassa.claims.following import Followed, followed, followed_everywhere, survival
from minassa.claims.forecasting import ForecastRow, JobCosts, expected_of, forecast, job_costs
from minassa.claims.holding import held_lines, held_parts, holding_reasons
from minassa.claims.incidents import INCIDENTS, incidents
from minassa.claims.knowing import Claimed, Shown, claimed_for, contest_own, issue_code
from minassa.claims.listing import Explained, calendar_of, claims_for, explained, stratum_of, why_line
from minassa.claims.nightly import all_runs, opened_elsewhere, replay_now
from minassa.claims.paying import Payable, payable, record_payment
from minassa.claims.preparing import Opened, open_claims
from minassa.claims.rechecking import Rechecked, recheck
from minassa.claims.replaying import ClaimReplay, replay_all, replay_claim, replay_decision
from minassa.claims.restituting import (
    decide_restitution,
    find_restitutions,
    lines_of,
    reply_restitution,
    restitutions_for,
    restitutions_to_decide,
)
from minassa.claims.settling import hold_credits
from minassa.claims.signing import check, sign
from minassa.claims.states import ClaimEvent, claim_events
from minassa.claims.verifying import is_intact
from minassa.claims.weights import reasons
from minassa.claims.workbook import flagged_reasons, unmet_conditions, workbook

__all__ = [
    "INCIDENTS",
    "MEASURES",
    "AlreadyContested",
    "ClaimError",
    "ClaimEvent",
    "ClaimMoney",
    "ClaimPeriod",
    "ClaimReplay",
    "ClaimState",
    "Claimed",
    "DrawRefused",
    "Explained",
    "Followed",
    "ForecastRow",
    "ImpossibleAct",
    "InvalidClaimData",
    "JobCosts",
    "NotChecked",
    "NotHeard",
    "NotPayable",
    "Opened",
    "Payable",
    "Rechecked",
    "SameHand",
    "Shown",
    "StaleClaim",
    "TamperedClaim",
    "TooLate",
    "UnknownDecision",
    "UnknownLine",
    "WrongCode",
    "accept",
    "all_runs",
    "answer",
    "calendar_of",
    "check",
    "claim_events",
    "claimed_for",
    "claims_for",
    "clear",
    "coming_periods",
    "commit_draw",
    "complete_periods",
    "conclude",
    "contest",
    "contest_own",
    "cut",
    "decide_restitution",
    "draw_controls",
    "expected_of",
    "explained",
    "find_restitutions",
    "flagged_reasons",
    "followed",
    "followed_everywhere",
    "forecast",
    "held_lines",
    "held_parts",
    "hold_credits",
    "holding_reasons",
    "incidents",
    "is_intact",
    "issue_code",
    "job_costs",
    "lines_of",
    "money_of",
    "open_claims",
    "opened_elsewhere",
    "pass_on",
    "payable",
    "period_named",
    "propose",
    "published",
    "reasons",
    "recheck",
    "record_payment",
    "refuse",
    "replay_all",
    "replay_claim",
    "replay_decision",
    "replay_now",
    "reply",
    "reply_restitution",
    "restitutions_for",
    "restitutions_to_decide",
    "resume",
    "sign",
    "stratum_of",
    "survival",
    "suspend",
    "unmet_conditions",
    "why_line",
    "workbook",
]
