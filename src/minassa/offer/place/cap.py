"""The cap on the burden of income tax, by place of work."""

from __future__ import annotations

from typing import Any

from minassa.engine import Table, lookup, rule
from minassa.vocabulary.statuses import Status

CAP_UNTIL_2020 = ("circulaire-5-2016",)
CAP_OF_2021 = ("circulaire-22-2020",)
CAP_OF_2022 = ("circulaire-8-2022",)
CAP_OF_2025 = ("circulaire-2025#annexe-3",)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    ends="2020-12-31",
    texts=CAP_UNTIL_2020,
    unit="basis_points",
    status=Status.PRESS,
)
@rule(
    grain="employee_period",
    starts="2021-01-01",
    ends="2021-12-31",
    texts=CAP_OF_2021,
    unit="basis_points",
    status=Status.PRESS,
)
@rule(
    grain="employee_period",
    starts="2022-01-01",
    ends="2025-06-30",
    texts=CAP_OF_2022,
    unit="basis_points",
    status=Status.PRESS,
)
@rule(
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=CAP_OF_2025,
    unit="basis_points",
    status=Status.PRESS,
)
def air_cap_rate(place: Any, air_cap: Table) -> Any:
    """Share of gross taxable income above which the State takes over the income tax, in basis points.

    It depends on where the person works: P2I primary or secondary, region with or without a P2I.
    """
    return lookup(place, air_cap)
