"""Conditions that the profession wishes (net jobs, kept, skills and value added rising): written, and switched off."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition, negate
from minassa.vocabulary.statuses import Status

WISH = ("apebi-interview", "minassa-default#conditionnalite")


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=WISH,
    status=Status.PROPOSED,
    switch="pae_replacements_excluded",
)
def pae_no_replacement(replaces_leaver: Any) -> Any:
    """The hire adds a job: it does not refill a post left vacant in the same establishment."""
    return negate(replaces_leaver)


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=WISH,
    status=Status.PROPOSED,
    switch="pae_net_creation_required",
)
def pae_net_creation(headcount_kept: Any, headcount_base: Any) -> Any:
    """The firm employs more people once the stay is over than in June 2025, before the offer."""
    return headcount_kept > headcount_base


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=WISH,
    status=Status.PROPOSED,
    switch="pae_skills_rising_required",
)
def pae_skills_rising(skills_rising: Any) -> Any:
    """The share of skilled jobs in the firm rises in the year of hiring."""
    return skills_rising


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=WISH,
    status=Status.PROPOSED,
    switch="pae_value_added_rising_required",
)
def pae_value_added_rising(value_added_rising: Any) -> Any:
    """The value added of the firm rises in the year of hiring."""
    return value_added_rising
