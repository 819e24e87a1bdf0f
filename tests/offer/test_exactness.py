"""Some engines divide through doubles: no intermediate may pass 2^53, up to ten million dirhams a month."""

from __future__ import annotations

from typing import Any, ClassVar

from minassa.engine import explain
from minassa.offer.loading import load_offer
from tests.offer.rows import employee_period, firm_year, hire

LIMIT = 2**53
SALARY = 1_000_000_000


class Watched(int):
    """A whole number that remembers the largest magnitude that any computation from it reached."""

    largest: ClassVar[int] = 0

    def _seen(self, value: int) -> Watched:
        Watched.largest = max(Watched.largest, abs(value))
        return Watched(value)

    def __add__(self, other: Any) -> Watched:  # noqa: ANN401
        return self._seen(int(self) + int(other))

    def __sub__(self, other: Any) -> Watched:  # noqa: ANN401
        return self._seen(int(self) - int(other))

    def __rsub__(self, other: Any) -> Watched:  # noqa: ANN401
        return self._seen(int(other) - int(self))

    def __mul__(self, other: Any) -> Watched:  # noqa: ANN401
        return self._seen(int(self) * int(other))

    def __floordiv__(self, other: Any) -> Watched:  # noqa: ANN401
        return self._seen(int(self) // int(other))

    __radd__ = __add__
    __rmul__ = __mul__


def watched(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, bool) else Watched(value) for name, value in row.items()}


def test_amounts_of_the_largest_salary_stay_exact_through_doubles() -> None:
    row = employee_period(gross_taxable_income_period=12 * SALARY, capped_salary_period=7_200_000)
    spell = hire(gross_taxable_income_first_12_months=12 * SALARY)
    firm = firm_year(turnover_year=8 * 10**11, export_turnover_year=8 * 10**11, corporate_tax_year=8 * 10**11)
    rows = {"employee_period": watched(row), "hire": watched(spell), "firm_year": watched(firm)}
    for measure, grain in (
        ("air", "employee_period"),
        ("paf", "employee_period"),
        ("pae", "hire"),
        ("ais", "firm_year"),
    ):
        Watched.largest = 0
        assert explain(load_offer(), f"{measure}_amount", grain, rows).value > 0
        assert SALARY < Watched.largest < LIMIT, f"{measure}: {Watched.largest:.3e}"


def test_the_watch_sees_what_passes_the_limit() -> None:
    Watched.largest = 0
    assert 3 * Watched(LIMIT) > LIMIT
    assert Watched.largest > LIMIT
