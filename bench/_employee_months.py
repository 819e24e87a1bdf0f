"""What the contenders of the income tax share: made-up employee-months, figures of the month, what a turn spends."""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minassa.engine import Resolved
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.places import places

GRAIN = "employee_period"
MONTH = month_index(2026, 1)
TAX, AIR = "income_tax_due", "air_before_export_share"
WANTED = [TAX, AIR]
Columns = Mapping[str, NDArray[Any]]


class Spent(NamedTuple):
    """Seconds that a turn took: of the clock, and of the processors, the system's part included."""

    wall: float
    processor: float

    @classmethod
    def now(cls) -> Spent:
        """The clock and the processor time of this process, to be taken from later ones."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return cls(time.perf_counter(), usage.ru_utime + usage.ru_stime)

    def since(self) -> Spent:
        """What was spent since this was taken."""
        now = Spent.now()
        return Spent(now.wall - self.wall, now.processor - self.processor)


def made_up(rows: int, seed: int = 1) -> dict[str, NDArray[Any]]:
    """Employee-months drawn from a seed: log-normal salaries, most of them below the cap, every place of work."""
    draw = np.random.default_rng(seed)
    deducts, filed, aided = 0.1, 0.8, 0.05
    salary = np.exp(draw.normal(13.6, 0.6, rows)).astype(np.int64)
    codes = np.array([0, *(place.code for place in places())], dtype=np.int16)
    return {
        "period_start": np.full(rows, MONTH, dtype=np.int32),
        "gross_taxable_income_period": salary,
        "capped_salary_period": np.minimum(salary, 600_000),
        "months_worked_period": np.ones(rows, dtype=np.int64),
        "other_deductions_period": np.where(draw.random(rows) < deducts, salary // 20, 0),
        "dependants": draw.integers(0, 8, rows),
        "income_tax_withheld_period": salary * draw.integers(5, 30, rows) // 100,
        "tax_statement_filed": draw.random(rows) < filed,
        "place": codes[draw.integers(0, len(codes), rows)],
        "other_aid_months_period": (draw.random(rows) < aided).astype(np.int64),
    }


class Law(NamedTuple):
    """The figures of the month, as plain numbers for those who do not read the offer."""

    threshold: int
    low_rate: int
    high_rate: int
    ceiling: int
    capped_rate: int
    whole_rate: int
    child: int
    children: int
    thresholds: tuple[int, ...]
    rates: tuple[int, ...]
    caps: NDArray[np.int64]


def law_of(law: Resolved) -> Law:
    """The figures that the rules of income tax and AIR read, from the offer itself."""
    value: dict[str, Any] = {name: dated.value for name, dated in law.figures.items()}
    caps = np.full(1000, value["air_cap"].default, dtype=np.int64)
    for code, rate in value["air_cap"].entries:
        caps[code] = rate
    return Law(
        threshold=value["professional_expenses_threshold"],
        low_rate=value["professional_expenses_low_income_rate"],
        high_rate=value["professional_expenses_high_income_rate"],
        ceiling=value["professional_expenses_ceiling"],
        capped_rate=value["cnss_short_term_employee_rate"] + value["cnss_long_term_employee_rate"],
        whole_rate=value["amo_employee_rate"],
        child=value["family_deduction"],
        children=value["family_deduction_dependants_max"],
        thresholds=value["income_tax_scale"].thresholds,
        rates=value["income_tax_scale"].rates,
        caps=caps,
    )
