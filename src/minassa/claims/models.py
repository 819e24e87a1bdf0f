"""The tables of claims, for Django to find."""

from __future__ import annotations

from minassa.claims.claim_models import Claim, ClaimState, Clearance, Contest, CutLine, Line, Ruling, Signature
from minassa.claims.restitution_models import Restitution, RestitutionLine
from minassa.claims.round_models import Draw, Incident, Round, WorkerCode

__all__ = [
    "Claim",
    "ClaimState",
    "Clearance",
    "Contest",
    "CutLine",
    "Draw",
    "Incident",
    "Line",
    "Restitution",
    "RestitutionLine",
    "Round",
    "Ruling",
    "Signature",
    "WorkerCode",
]
