"""The models of the package, where Django looks for them."""

from __future__ import annotations

from minassa.visas.list_models import ListState, ShortageList
from minassa.visas.visa_models import (
    Alert,
    AlertKind,
    Hire,
    Meeting,
    Move,
    QuotaCount,
    Scope,
    Visa,
    VisaMove,
    VisaState,
)

__all__ = [
    "Alert",
    "AlertKind",
    "Hire",
    "ListState",
    "Meeting",
    "Move",
    "QuotaCount",
    "Scope",
    "ShortageList",
    "Visa",
    "VisaMove",
    "VisaState",
]
