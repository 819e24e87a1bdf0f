"""Where a commitment should stand on its way, and how it does stand: plain arithmetic on whole numbers."""

from __future__ import annotations

from datetime import date
from typing import Final

from minassa.conventions.following_models import MeasureStatus
from minassa.conventions.terms import CommitmentTerms, Source
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.rounding import Direction, divide

ARTICLE: Final = "minassa-default#trajectoire"
"""No text read says how a commitment should progress: in a straight line from its baseline to its target."""


def path_at(one: CommitmentTerms, month: int) -> int:
    """The value that the commitment should have at the end of a month: on the line between baseline and target."""
    begins, ends = month_of(one.baseline_on), month_of(one.due_on)
    gone = min(max(month - begins, 0), ends - begins)
    if ends == begins:
        return one.target
    return one.baseline + divide((one.target - one.baseline) * gone, ends - begins, Direction.DOWN, ARTICLE)


def status_at(one: CommitmentTerms, value: int | None, path: int, month: int) -> MeasureStatus:
    """How the commitment stands at the end of a month.

    What only adds up (declared by the firm) is met as soon as it is reached; the rest is judged at its due month.
    """
    if value is None:
        return MeasureStatus.UNMEASURED
    reached = value >= one.target
    if month >= month_of(one.due_on):
        return MeasureStatus.MET if reached else MeasureStatus.MISSED
    if reached and one.source is Source.DECLARED:
        return MeasureStatus.MET
    return MeasureStatus.ON_THE_WAY if value >= path else MeasureStatus.LATE


def months_measured(one: CommitmentTerms, until: int, every: int) -> list[int]:
    """The months at whose end the commitment is measured: of the rhythm, the due month, and the last one known."""
    begins, ends = month_of(one.baseline_on) + 1, month_of(one.due_on)
    last = min(until, ends)
    rhythm = {month for month in range(begins, last + 1) if (month + 1) % every == 0}
    return sorted(month for month in rhythm | {last} if month >= begins)


def until_due(one: CommitmentTerms, day: date) -> int:
    """Days left before the commitment falls due; below zero once past."""
    return (one.due_on - day).days
