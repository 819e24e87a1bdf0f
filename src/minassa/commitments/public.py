"""The door of commitments: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.commitments.drafting import (
    Draft,
    Origin,
    decide,
    draft,
    frozen_recommendation,
    give_up,
    propose,
    recommendation_of,
    recommendations_from,
    recommendations_to_decide,
    stream_of,
)
from minassa.commitments.errors import CommitmentError, StaleRecommendation
from minassa.commitments.following import (
    RECOMMENDED,
    commitment_named,
    commitment_of,
    commitments,
    latest_followups,
    tell,
)
from minassa.commitments.policies import may_tell
from minassa.commitments.shipped import shipped, shipped_commitments
from minassa.commitments.terms import Baseline, Commitment, Source, Step, Unit, Words

__all__ = [
    "RECOMMENDED",
    "Baseline",
    "Commitment",
    "CommitmentError",
    "Draft",
    "Origin",
    "Source",
    "StaleRecommendation",
    "Step",
    "Unit",
    "Words",
    "commitment_named",
    "commitment_of",
    "commitments",
    "decide",
    "draft",
    "frozen_recommendation",
    "give_up",
    "latest_followups",
    "may_tell",
    "propose",
    "recommendation_of",
    "recommendations_from",
    "recommendations_to_decide",
    "shipped",
    "shipped_commitments",
    "stream_of",
    "tell",
]
