"""Jobs added, created and kept by a firm, month by month. No amount depends on them: the profession wishes it."""

from __future__ import annotations

from typing import Any

from minassa.engine import minimum, positive, rule
from minassa.vocabulary.statuses import Status

DEFAULT = ("apebi-interview", "minassa-default#emplois-nets")


@rule(
    grain="firm_month",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="count",
    status=Status.ASSUMED,
)
def net_jobs(headcount_month: Any, headcount_base: Any) -> Any:
    """Employees declared at CNSS in the month, less those of June 2025: below zero where the firm has shrunk.

    The base date is our default: no text read gives one.
    """
    return headcount_month - headcount_base


@rule(
    grain="firm_month",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="count",
    status=Status.PROPOSED,
)
def new_hires_month(
    hires_month: Any,
    transfers_in_month: Any,
    rehires_month: Any,
    replacements_month: Any,
    new_hires_exclude_transfers: bool,
    new_hires_exclude_rehires: bool,
    new_hires_exclude_replacements: bool,
) -> Any:
    """Hires of the month that are truly new: neither transfers within a group, nor re-hires, nor replacements."""
    switched = (
        (transfers_in_month, new_hires_exclude_transfers),
        (rehires_month, new_hires_exclude_rehires),
        (replacements_month, new_hires_exclude_replacements),
    )
    new = hires_month
    for count, excluded in switched:
        new = new - count if excluded else new
    return positive(new)


@rule(
    grain="firm_month",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="count",
    status=Status.PROPOSED,
)
def job_balance_month(hires_month: Any, leavers_month: Any) -> Any:
    """Persons who came in the month less those who had left by then, whatever the reason."""
    return hires_month - leavers_month


@rule(
    grain="firm_month",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="count",
    status=Status.PROPOSED,
)
def kept_net_jobs(net_jobs: Any, kept_hires_month: Any) -> Any:
    """Net jobs that are kept: no more than the recruits since July 2025 still in post after 18 months; at least 0."""
    return minimum(positive(net_jobs), kept_hires_month)
