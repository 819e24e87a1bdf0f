"""A statement of salaries to be written: the employer, and one frame per list."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Employer:
    """Who declares. `affiliation` is the employer's CNSS number (0 leaves it empty), `year` that of the salaries."""

    fiscal_id: int
    affiliation: int
    year: int
    name: str
    commune: str = ""
    """DGI code of the commune, such as 111.01.01."""
    address: str = ""
    trade_register: str = ""
    professional_tax_id: str = ""
    phone: str = ""
    email: str = ""
    reference: str = ""


def _nobody() -> pl.DataFrame:
    return pl.DataFrame()


@dataclass(frozen=True, slots=True)
class Statement:
    """The content of a statement; totals and counts are computed by the writer.

    The columns of each frame are those of `layout` (`person`, `cin`, `gross_salary_year`…), in any order; one that is
    missing is written empty, or 0.00 for an amount. Amounts are int64 centimes, never negative; `person` is a CNSS
    number, 0 when unknown; dates are dates. `permanent` also takes `exempt_nature` (1 to 25): the nature of its only
    exempt element, 25 (other) when it is missing. `total_deductions_year` is computed when it is missing.
    `payments` has `month` (1 to 12), `paid` (centimes) and `paid_on`.
    """

    employer: Employer
    permanent: pl.DataFrame = field(default_factory=_nobody)
    exempt: pl.DataFrame = field(default_factory=_nobody)
    occasional: pl.DataFrame = field(default_factory=_nobody)
    trainees: pl.DataFrame = field(default_factory=_nobody)
    doctoral: pl.DataFrame = field(default_factory=_nobody)
    payments: pl.DataFrame = field(default_factory=_nobody)
