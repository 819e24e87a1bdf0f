"""The tables of conventions, for Django to find."""

from __future__ import annotations

from minassa.conventions.advance_models import (
    Advance,
    AdvanceLine,
    AdvanceState,
    Hearing,
    HearingReason,
    HearingState,
    Imputation,
)
from minassa.conventions.convention_models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Commitment,
    CommitmentKind,
    Convention,
    ConventionState,
    Milestone,
    Revision,
    Scope,
    Side,
    Signature,
)
from minassa.conventions.following_models import Basis, Declared, Measure, MeasureStatus

__all__ = [
    "Advance",
    "AdvanceLine",
    "AdvanceState",
    "Amendment",
    "AmendmentKind",
    "AmendmentState",
    "Basis",
    "Commitment",
    "CommitmentKind",
    "Convention",
    "ConventionState",
    "Declared",
    "Hearing",
    "HearingReason",
    "HearingState",
    "Imputation",
    "Measure",
    "MeasureStatus",
    "Milestone",
    "Revision",
    "Scope",
    "Side",
    "Signature",
]
