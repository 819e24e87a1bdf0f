"""The tables of consultations, for Django to find."""

from __future__ import annotations

from minassa.consultations.hearing_models import Hearing, HearingPoint
from minassa.consultations.meeting_models import Attendance, Meeting, Presence
from minassa.consultations.poll_models import Poll, Vote
from minassa.consultations.request_models import FirmRequest, RequestState, Topic

__all__ = [
    "Attendance",
    "FirmRequest",
    "Hearing",
    "HearingPoint",
    "Meeting",
    "Poll",
    "Presence",
    "RequestState",
    "Topic",
    "Vote",
]
