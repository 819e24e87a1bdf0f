"""The door of governance: what pages, steering and commands may call. The rest is private to the package."""

from __future__ import annotations

from minassa.governance.attending import attend, leave, present, presides, quorum
from minassa.governance.case_items import waiting_cases
from minassa.governance.claim_items import waiting_claims
from minassa.governance.composing import declare_interest, end_interest, end_membership, members_on, seat_member
from minassa.governance.concluding import close_vote
from minassa.governance.convening import cancel, convene
from minassa.governance.convention_items import waiting_amendments, waiting_conventions
from minassa.governance.counting import Count
from minassa.governance.derogating import Use, close_derogation, derogations_for, expire_next, use_derogation
from minassa.governance.errors import (
    AlreadyVoted,
    DerogationRefused,
    GovernanceError,
    ImpossibleAct,
    InvalidRules,
    NoQuorum,
    NotSeated,
    Recused,
    SeatTaken,
    ShortNotice,
    StaleSession,
    TamperedMinutes,
    UnknownSubject,
)
from minassa.governance.kinds import Kinds, Proposed
from minassa.governance.minuting import Minutes, minutes, minutes_hold, seal, sealed_minutes
from minassa.governance.platform_items import waiting_findings
from minassa.governance.preparing import add_item, add_items, prepare, remove_item
from minassa.governance.presiding import close_session, open_session
from minassa.governance.reading import (
    ItemView,
    SeatView,
    SessionView,
    item_view,
    next_session_by,
    session_view,
    sessions_for,
)
from minassa.governance.recommendation_items import waiting_recommendations
from minassa.governance.recusing import recuse
from minassa.governance.reform_items import waiting_reforms
from minassa.governance.restitution_items import waiting_restitutions
from minassa.governance.rules import Committee, delegated, rules, rules_shown
from minassa.governance.seat_plan_items import waiting_seat_plans
from minassa.governance.seats import seats
from minassa.governance.session_models import ItemState, SessionState
from minassa.governance.shortage_items import waiting_shortage_lists
from minassa.governance.states import ItemEvent, SessionEvent, item_events, session_events
from minassa.governance.vote_models import Choice, Ground, Nature
from minassa.governance.voting import ask_secret, dissent, open_vote, pull_out, put_off, vote

__all__ = [
    "AlreadyVoted",
    "Choice",
    "Committee",
    "Count",
    "DerogationRefused",
    "GovernanceError",
    "Ground",
    "ImpossibleAct",
    "InvalidRules",
    "ItemEvent",
    "ItemState",
    "ItemView",
    "Kinds",
    "Minutes",
    "Nature",
    "NoQuorum",
    "NotSeated",
    "Proposed",
    "Recused",
    "SeatTaken",
    "SeatView",
    "SessionEvent",
    "SessionState",
    "SessionView",
    "ShortNotice",
    "StaleSession",
    "TamperedMinutes",
    "UnknownSubject",
    "Use",
    "add_item",
    "add_items",
    "ask_secret",
    "attend",
    "cancel",
    "close_derogation",
    "close_session",
    "close_vote",
    "convene",
    "declare_interest",
    "delegated",
    "derogations_for",
    "dissent",
    "end_interest",
    "end_membership",
    "expire_next",
    "item_events",
    "item_view",
    "leave",
    "members_on",
    "minutes",
    "minutes_hold",
    "next_session_by",
    "open_session",
    "open_vote",
    "prepare",
    "present",
    "presides",
    "pull_out",
    "put_off",
    "quorum",
    "recuse",
    "remove_item",
    "rules",
    "rules_shown",
    "seal",
    "sealed_minutes",
    "seat_member",
    "seats",
    "session_events",
    "session_view",
    "sessions_for",
    "use_derogation",
    "vote",
    "waiting_amendments",
    "waiting_cases",
    "waiting_claims",
    "waiting_conventions",
    "waiting_findings",
    "waiting_recommendations",
    "waiting_reforms",
    "waiting_restitutions",
    "waiting_seat_plans",
    "waiting_shortage_lists",
]
