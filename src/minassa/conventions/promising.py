"""Jobs that conventions in force promise, by month: a series that comes before declarations can tell anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minassa.conventions.convention_models import CommitmentKind, Convention, ConventionState
from minassa.conventions.paths import path_at
from minassa.conventions.reading import current
from minassa.conventions.terms import CommitmentTerms

OF_JOBS = (CommitmentKind.NET_JOBS, CommitmentKind.HEADCOUNT)
"""Commitments that count jobs; where a convention has both kinds, the first is read: no job is told twice."""


@dataclass(frozen=True, slots=True)
class Promised:
    """At the end of a month: jobs promised beyond those of the start, and those of them still to come after `since`."""

    month: int
    jobs: int
    to_come: int


def promised_jobs(months: Iterable[int], since: int) -> tuple[int, list[Promised]]:
    """How many conventions in force promise jobs, and what they promise for the end of each month (an index).

    On the line of each commitment, from its baseline to its target; past its term a promise stays as it was.
    """
    found = [_of_jobs(one) for one in Convention.objects.filter(state=ConventionState.IN_FORCE).order_by("pk")]
    kept = [rows for rows in found if rows]
    every = [one for rows in kept for one in rows]
    told = [Promised(month, _gained(every, month), _gained(every, month) - _gained(every, since)) for month in months]
    return len(kept), told


def _of_jobs(convention: Convention) -> list[CommitmentTerms]:
    commitments = current(convention).terms.commitments
    for kind in OF_JOBS:
        rows = [one for one in commitments if one.kind == kind]
        if rows:
            return rows
    return []


def _gained(commitments: Iterable[CommitmentTerms], month: int) -> int:
    return sum(path_at(one, month) - one.baseline for one in commitments)
