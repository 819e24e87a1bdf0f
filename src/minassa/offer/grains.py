"""The kinds of row on which the offer is evaluated."""

from __future__ import annotations

from minassa.engine.grains import Grain

FIRM_YEAR = Grain("firm_year", ("affiliation", "year"), "closing_month")
EMPLOYEE_PERIOD = Grain(
    "employee_period",
    ("affiliation", "person", "hired_month", "period_start"),
    "period_start",
    "firm_year",
    ("affiliation", "year"),
)
HIRE = Grain("hire", ("affiliation", "person", "hired_month"), "hired_month", "firm_year", ("affiliation", "year"))
FIRM_MONTH = Grain("firm_month", ("affiliation", "month"), "month")
GRAINS = {grain.name: grain for grain in (FIRM_YEAR, EMPLOYEE_PERIOD, HIRE, FIRM_MONTH)}
