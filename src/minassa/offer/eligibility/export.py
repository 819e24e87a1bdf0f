"""The share of turnover that a firm exports, and the least it must export."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition, maximum, minimum, rule
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

TEXTS = ("circulaire-9-2007", "circulaire-5-2016", "circulaire-2025", "minassa-default#eligibilite")


@rule(
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("circulaire-8-2022", "minassa-default#part-export"),
    unit="basis_points",
    status=Status.ASSUMED,
)
def export_share(export_turnover_year: Any, turnover_year: Any) -> Any:
    """Share of turnover exported in foreign currency, in basis points rounded down; 0 where there is no turnover.

    The precision is our choice: no text read says how the share is rounded. Exact on every engine up to a turnover of
    nine billion dirhams.
    """
    exported = BASIS_POINTS * minimum(export_turnover_year, turnover_year)
    return divide(exported, maximum(turnover_year, 1), Direction.DOWN, "minassa-default#part-export")


@condition(
    measure="eligibility",
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.INFERRED,
    switch="eligibility_export_share_required",
)
def eligibility_export_share(
    export_share: Any, activity_year: Any, export_share_min: Any, export_share_from_year: Any
) -> Any:
    """The firm exports enough of its turnover, or its first years of activity are not over.

    Rule of 2007, taken to be still in force: it was read in neither of the later texts.
    """
    return (export_share >= export_share_min) | (activity_year < export_share_from_year)
