from __future__ import annotations

from typing import Any

import pytest

from minassa.vocabulary.periods import parse_month
from tests.offer.rows import employee_period, firm_year, of_employee, of_firm_year


def eligible(**changes: object) -> Any:  # noqa: ANN401
    return of_firm_year("eligibility_entitled", firm_year(**changes))


def test_an_exporter_in_order_is_eligible() -> None:
    assert eligible() is True


@pytest.mark.parametrize(
    ("exported", "turnover", "share"),
    [(7, 10, 7_000), (6_999_999, 10_000_000, 6_999), (2, 3, 6_666), (0, 0, 0), (5, 0, 0), (12, 10, 10_000)],
)
def test_the_share_is_rounded_down(exported: int, turnover: int, share: int) -> None:
    assert of_firm_year("export_share", firm_year(export_turnover_year=exported, turnover_year=turnover)) == share


@pytest.mark.parametrize(("rank", "holds"), [(1, True), (2, True), (3, False), (10, False)])
def test_exports_are_asked_for_from_the_third_year(rank: int, holds: bool) -> None:
    assert eligible(export_turnover_year=0, activity_year=rank) is holds


@pytest.mark.parametrize(
    "changes",
    [
        {"listed_activity": False},
        {"accounts_known": False},
        {"tax_certificate_age_months": 4},
        {"social_certificate_age_months": 4},
        {"tax_certificate_age_months": 999},
        {"export_turnover_year": 69_999_999},
    ],
)
def test_each_criterion_can_refuse_alone(changes: dict[str, object]) -> None:
    assert eligible(**changes) is False


def test_certificates_of_three_months_are_recent() -> None:
    assert eligible(tax_certificate_age_months=3, social_certificate_age_months=3) is True


def test_certificates_were_not_asked_for_before_july_2025() -> None:
    old = {"tax_certificate_age_months": 999, "social_certificate_age_months": 999}
    assert eligible(closing_month=parse_month("2025-06"), **old) is True
    assert eligible(closing_month=parse_month("2025-07"), **old) is False


@pytest.mark.parametrize(
    ("circular", "month", "joined"),
    [
        (2016, "2021-12", True),
        (2022, "2021-12", False),
        (2022, "2022-01", True),
        (2025, "2025-06", False),
        (2025, "2025-07", True),
        (2007, "2026-01", True),
    ],
)
def test_nothing_is_claimed_under_a_circular_not_yet_issued(circular: int, month: str, joined: bool) -> None:
    start = parse_month(month)
    row = employee_period(period_start=start, year=start // 12)
    firm = firm_year(convention_regime=circular, year=start // 12, closing_month=start // 12 * 12 + 11)
    assert of_employee("regime_joined", row, firm) is joined
