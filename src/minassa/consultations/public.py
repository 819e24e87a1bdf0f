"""The door of consultations: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.consultations.errors import ConsultationError, SameHand, StaleConsultation
from minassa.consultations.hearing import approve, hear, hearings_for, stream_of_hearing
from minassa.consultations.meeting import Announced, announce, note_presence, sign_up, stream_of_meeting
from minassa.consultations.policies import (
    FIRM,
    HOLDERS,
    READERS,
    may_read_hearing,
    may_read_request,
    may_speak,
    may_withdraw,
)
from minassa.consultations.polling import Asking, Counted, choice_of, counted, is_open, open_poll, poll_data, vote
from minassa.consultations.requesting import answer, ask, requests_for, stream_of_request, withdraw

__all__ = [
    "FIRM",
    "HOLDERS",
    "READERS",
    "Announced",
    "Asking",
    "ConsultationError",
    "Counted",
    "SameHand",
    "StaleConsultation",
    "announce",
    "answer",
    "approve",
    "ask",
    "choice_of",
    "counted",
    "hear",
    "hearings_for",
    "is_open",
    "may_read_hearing",
    "may_read_request",
    "may_speak",
    "may_withdraw",
    "note_presence",
    "open_poll",
    "poll_data",
    "requests_for",
    "sign_up",
    "stream_of_hearing",
    "stream_of_meeting",
    "stream_of_request",
    "vote",
    "withdraw",
]
