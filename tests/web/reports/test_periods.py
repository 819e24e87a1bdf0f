"""Reports cover whole months, quarters and years that were known from their first month to their last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.periods import month_index
from minassa.web.reports.periods import LENGTHS, MONTHS_BACK, Kind, period_named, periods

MONTHS = st.integers(month_index(2024, 1), month_index(2030, 12))


@given(MONTHS, st.integers(0, 70))
def test_every_report_is_of_whole_known_months_and_found_by_its_name(first: int, more: int) -> None:
    last = first + more
    made = periods(first, last)
    for one in made:
        assert first <= one.first <= one.until <= last
        assert (one.until + 1) % LENGTHS[one.kind] == 0
        assert period_named(one.kind, one.name, first, last) == one
    assert len({(one.kind, one.name) for one in made}) == len(made)
    assert sum(one.kind == Kind.MONTH for one in made) == min(more + 1, MONTHS_BACK)


def test_quarters_and_years_are_named_as_people_name_them() -> None:
    made = periods(month_index(2025, 1), month_index(2026, 10))
    assert [one.name for one in made if one.kind == Kind.QUARTER] == [
        *("2026-T3", "2026-T2", "2026-T1"),
        *("2025-T4", "2025-T3", "2025-T2", "2025-T1"),
    ]
    assert [one.name for one in made if one.kind == Kind.YEAR] == ["2025"]
    assert period_named("mois", "2026-11", month_index(2025, 1), month_index(2026, 10)) is None
    assert period_named("semaine", "2026-10", month_index(2025, 1), month_index(2026, 10)) is None
